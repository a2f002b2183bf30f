import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectLanguage } from './language/detect-language.ts';
import { cutText, normaliseBrief } from './normalise-brief.ts';
import { toneFromWords } from './tone/resolve-tone.ts';

describe('normaliseBrief', () => {
  it('cuts to the limits and says so', () => {
    const { brief, notes } = normaliseBrief({ productName: 'x'.repeat(100_000), description: 'soda '.repeat(20_000) });
    expect(brief.productName).toHaveLength(120);
    expect(brief.description.length).toBeLessThanOrEqual(2000);
    expect(brief.description.endsWith('soda')).toBe(true);
    expect(notes).toEqual([expect.stringContaining('productName has 100000 characters'), expect.stringContaining('description has 100000 characters')]);
  });

  it('takes out what has no place on a screen and leaves markup as text', () => {
    const { brief, notes } = normaliseBrief({ productName: ' Fi\u0000zz\u202Eo\u200b\t <b>\ud800!</b>\u0085 ', description: 'one\r\n\r\n two\u2028three', message: '👨‍👩‍👧 می‌خواهم' });
    expect(brief.productName).toBe('Fizzo <b>!</b>');
    expect(brief.description).toBe('one\ntwo\nthree');
    expect(brief.message).toBe('👨‍👩‍👧 می‌خواهم');
    expect(notes).toEqual([]);
  });

  it('accepts anything', () => {
    expect(normaliseBrief(null).brief.productName).toBe('');
    expect(normaliseBrief({ productName: 7, description: ['x'], tone: null })).toMatchObject({ brief: { productName: '7', description: '', tone: '' }, notes: ["The brief's description is not text and was left out."] });
    expect(normaliseBrief({ language: 'pt_br' }).brief.language).toBe('pt-BR');
    expect(normaliseBrief({ language: 'Deutsch' }).brief.language).toBe('de');
    expect(normaliseBrief({ language: 'quite nice' })).toMatchObject({ brief: { language: '' }, notes: [expect.stringContaining('not a language tag')] });
    fc.assert(fc.property(fc.anything(), (raw) => normaliseBrief(raw).brief !== undefined));
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const once = normaliseBrief({ productName: text, description: text }).brief;
      return JSON.stringify(normaliseBrief(once).brief) === JSON.stringify(once) && once.productName.isWellFormed();
    }));
  });

  it('never cuts a character in two', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (text, limit) => !text.isWellFormed() || (cutText(text, limit).isWellFormed() && cutText(text, limit).length <= limit)));
  });
});

describe('detectLanguage', () => {
  it.each([
    ['en', 'The soda that tastes of summer'], ['de', 'Der Becher, den du behältst'], ['fr', 'Un goût d’été pour vos soirées'], ['es', 'El sabor del verano en tu mesa'], ['it', 'Il gusto dell’estate nella tua tazza'],
    ['pt', 'O sabor do verão para você'], ['nl', 'De smaak van de zomer voor jou'], ['ar', 'طعم الصيف'], ['ja', '夏の味'], ['zh', '夏天的味道'], ['ko', '여름의 맛'], ['ru', 'Вкус лета'], ['he', 'טעם של קיץ'], ['el', 'Η γεύση του καλοκαιριού'], ['th', 'รสชาติ'],
    ['', 'Fizzo'], ['', ''], ['en', 'Try the みかん soda with your friends'],
  ])('%s: %s', (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });
});

describe('toneFromWords', () => {
  it.each([
    ['bold', 'Bold!'], ['bold', 'mutig und laut'], ['playful', 'playful'], ['playful', 'divertido'], ['elegant', 'luxury'], ['elegant', 'raffiné'], ['elegant', '高級感'], ['warm', 'warm and honest'], ['warm', 'herzlich'], ['warm', 'тёплый, искренний'],
    ['minimal', 'minimal'], ['minimal', 'schlicht'], ['natural', 'fresh & organic'], ['natural', 'طبيعي'], ['tech', 'futuristic'], ['calm', 'ruhig'], ['calm', 'not loud, calm'],
  ])('%s: %s', (family, tone) => {
    expect(toneFromWords(tone)).toBe(family);
  });
  it('has no opinion on words it does not know', () => {
    for (const tone of ['', '…', 'xyzzy', '<b>']) expect(toneFromWords(tone)).toBeUndefined();
  });
});
