import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, escapeMarkup, hasJoinedScript, isRightToLeftText } from './clean-text.ts';

describe('cleanText', () => {
  it.each([
    ['  two\t words \r\n next  ', 'two words\nnext'],
    ['a\u0000b\u0007c\u001b[31m', 'a b c [31m'],
    ['evil \u202egnp.exe\u202c', 'evil gnp.exe'],
    ['ze\u200bro\u2060 wi\ufeffdth', 'zero width'],
    ['lone \ud800 half', 'lone half'],
    ['cafe\u0301', 'café'],
    ['Z\u0335\u0336\u0337\u0338\u0321\u0322\u0327', 'Z\u0335\u0336\u0337\u0338'],
    ['\u200d\u200cjoiner at the edge\u200d', 'joiner at the edge'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['👩\u200d🍳', '👩\u200d🍳'],
  ])('%j → %j', (text, expected) => expect(cleanText(text)).toBe(expected));

  it('cuts a novel short', () => expect(cleanText('word '.repeat(20_000)).length).toBeLessThanOrEqual(1200));

  it('leaves nothing that Pango could not take, whatever comes in', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const clean = cleanText(text);
      expect(clean.isWellFormed()).toBe(true);
      expect(clean).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/);
      expect(escapeMarkup(clean)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
    }));
  });
});

it('knows the reading order by the first strong letter', () => {
  expect([isRightToLeftText('50% طعم'), isRightToLeftText('Fizzo טעם'), isRightToLeftText('123'), isRightToLeftText('טעם Fizzo')]).toEqual([true, false, false, true]);
  expect([hasJoinedScript('طعم'), hasJoinedScript('טעם'), hasJoinedScript('Taste')]).toEqual([true, false, false]);
});
