import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakEvenly, fillLines, joinWords, splitWords } from './break-lines.ts';
import { fitLines } from './fit-lines.ts';

/** Every character half an em wide. */
const widthEm = (text: string): number => Array.from(text).length * 0.5;
const measure = { spaceEm: 0.25, extraEm: 0 };
const metrics = { ...measure, lineHeightEm: 1.1, firstLineEm: 1, widthEm };
const broken = (text: string, lines: number): string[] | undefined => breakEvenly(splitWords(text, 'en', widthEm), lines, 100, measure)?.map(joinWords);

describe('breakEvenly', () => {
  it.each([
    ['The taste of a real blood orange', 2, ['The taste of a real', 'blood orange']],
    ['Fresh every single day, for you', 2, ['Fresh every single', 'day, for you']],
    ['A very long headline with one end', 3, ['A very long', 'headline', 'with one end']],
    ['my own\nline breaks', 2, ['my own', 'line breaks']],
  ])('%j in %d', (text, lines, expected) => expect(broken(text, lines)).toEqual(expected));

  it('leaves no short word alone on the last line', () => {
    for (const text of ['Everything you always wanted to do', 'Discover the new summer collection now', 'Coffee that wakes the whole house up']) {
      expect(broken(text, 2)?.at(-1)?.split(' ').length).toBeGreaterThan(1);
    }
  });

  it('cannot keep the author’s breaks in fewer lines', () => expect(broken('one\ntwo\nthree', 2)).toBeUndefined());

  it('breaks Chinese and Thai between words, and keeps closing marks with them', () => {
    const lines = broken('真正的血橙味道，清爽又自然。', 2) ?? [];
    expect(lines).toHaveLength(2);
    expect(lines[1]).not.toMatch(/^[，。]/);
    expect(broken('รสชาติของส้มแท้', 2)).toHaveLength(2);
  });
});

describe('fillLines', () => {
  it('divides a word that is longer than a line, with hyphens, into even pieces', () => {
    const lines = fillLines(splitWords('Donaudampfschifffahrtsgesellschaft', 'de', widthEm), 10, measure, widthEm).map(joinWords);
    expect(lines.join('').replaceAll('-', '')).toBe('Donaudampfschifffahrtsgesellschaft');
    for (const line of lines) expect([line.length >= 6, widthEm(line) <= 10]).toEqual([true, true]);
  });
});

describe('fitLines', () => {
  const box = { maxWidth: 800, maxHeight: 300, minFontPx: 40, maxFontPx: 100, maxLines: 3 };
  const fit = (text: string, changes = {}) => fitLines(splitWords(text, 'en', widthEm), { ...box, ...changes }, metrics);

  it('takes the largest size, and fewer lines when that costs little', () => {
    expect(fit('Taste it')).toEqual({ lines: ['Taste it'], fontPx: 100, isTruncated: false });
    expect(fit('Nothing but fresh oranges').lines).toHaveLength(2);
  });

  it('keeps words whole at every size, divides them only at the smallest', () => {
    expect(fit('Geschwindigkeitsbegrenzung').lines).toHaveLength(1);
    expect(fit('Geschwindigkeitsbegrenzungsaufhebungsverfahren').lines.length).toBeGreaterThan(1);
  });

  it('cuts with an ellipsis as a last resort', () => {
    const fitted = fit('word '.repeat(200).trim());
    expect(fitted.isTruncated).toBe(true);
    expect(fitted.lines).toHaveLength(3);
    expect(fitted.lines.at(-1)).toMatch(/word…$/);
  });

  it('never exceeds its box, whatever the words', () => {
    fc.assert(fc.property(fc.array(fc.string({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 40 }), (parts) => {
      const text = parts.join(' ').replaceAll(/\s+/g, ' ').trim();
      if (text === '') return;
      const { lines, fontPx } = fit(text);
      expect(lines.length).toBeLessThanOrEqual(3);
      for (const line of lines) expect(widthEm(line) * fontPx).toBeLessThan(800 * 1.3 + 40);
    }));
  });
});
