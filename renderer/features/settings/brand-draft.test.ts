import { describe, expect, test } from 'vitest';
import { brandKitSchema } from '#core/project/schema.ts';
import { draftOf, kitOf, mistakesIn, parseHex, withLogoColors } from './brand-draft.ts';

const whole = brandKitSchema.parse({ name: 'Fizzo', colors: { primary: '#e2553a', text: '#ffffff' }, fonts: { heading: 'Outfit' }, guidelines: 'Never shout.', logo: { hash: 'a'.repeat(64), name: 'logo.png', mime: 'image/png' } });

test('a kit comes back from its fields as it was', () => {
  expect(kitOf(draftOf(whole))).toEqual(whole);
  expect(kitOf(draftOf(undefined))).toEqual(brandKitSchema.parse({}));
});

describe('colours', () => {
  test.each([['#E2553A', '#e2553a'], ['e2553a', '#e2553a'], [' #abc ', '#aabbcc'], ['', undefined], ['red', undefined], ['#12345', undefined], ['#1234567', undefined]])('%j is %s', (text, color) => expect(parseHex(text)).toBe(color));

  test('what is none is named, what is empty is not wrong', () => {
    const draft = draftOf(whole);
    expect(mistakesIn({ ...draft, colors: { ...draft.colors, accent: 'blue', secondary: '' } })).toEqual({ name: false, colors: ['accent'] });
    expect(mistakesIn({ ...draft, name: '  ' }).name).toBe(true);
  });

  test('those of a logo fill what is empty, and never replace a choice', () => {
    const { colors } = withLogoColors(draftOf(whole), ['#e2553a', '#112233', '#445566', '#778899']);
    expect(colors).toEqual({ primary: '#e2553a', secondary: '#112233', accent: '#445566', background: '', text: '#ffffff' });
  });
});
