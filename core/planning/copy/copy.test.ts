import { describe, expect, it } from 'vitest';
import { countWords, readingFrames, textWidth } from './measure-text.ts';
import { sentenceCase, shorterForms, splitForScreen } from './shorten-line.ts';
import { splitClauses, splitSentences } from './split-clauses.ts';

describe('splitClauses', () => {
  it.each([
    ['Blood orange soda, 330 ml', ['Blood orange soda', '330 ml']],
    ['A lamp, 6 W. Made for reading.', ['A lamp, 6 W', 'Made for reading']],
    ['Fresh, light, fruity', ['Fresh, light, fruity']],
    ['Red, green and blue shoes for everyone', ['Red, green and blue shoes for everyone']],
    ['Für Filter, French Press und Espresso', ['Für Filter, French Press und Espresso']],
    ['Costs 1,50 today. No. 5 in our series. Really?', ['Costs 1,50 today', 'No. 5 in our series', 'Really?']],
    ['• one thing\n• another thing', ['one thing', 'another thing']],
    ['愛媛のみかん。甘さひかえめ、すっきりとした後味のソーダ', ['愛媛のみかん', '甘さひかえめ', 'すっきりとした後味のソーダ']],
    ['Not too sweet, but never too dry for us', ['Not too sweet, but never too dry for us']],
  ])('%s', (text, clauses) => {
    expect(splitClauses(text)).toEqual(clauses);
  });

  it('copes with nothing', () => {
    expect([splitSentences(''), splitSentences('…'), splitSentences(' . , ; ')].flat().join('')).not.toMatch(/[\p{L}\p{N}]/u);
  });
});

describe('fitting', () => {
  it('continues a long line below, at a word that opens an optional part', () => {
    expect(splitForScreen('Blood orange soda pressed slowly from Sicilian oranges picked at dawn')).toEqual({ headline: 'Blood orange soda pressed slowly', support: 'from Sicilian oranges picked at dawn' });
    expect(splitForScreen('Supercalifragilisticexpialidocious '.repeat(4))).toBeUndefined();
  });

  it('cuts only what nothing hangs on', () => {
    const isNeutral = (text: string): boolean => !/\d/.test(text);
    expect(shorterForms('Hand cream with olive oil', isNeutral)).toEqual(['Hand cream with olive oil', 'Hand cream']);
    expect(shorterForms('Not tested with animals', isNeutral)).toEqual(['Not tested with animals']);
    expect(shorterForms('Ready in 5 minutes with milk', isNeutral)).toEqual(['Ready in 5 minutes with milk']);
  });

  it('capitalises by language and leaves names alone', () => {
    expect([sentenceCase('taste it', 'en'), sentenceCase('iPhone case', 'en'), sentenceCase('içecek', 'tr'), sentenceCase('élan', 'fr'), sentenceCase('عصير', 'ar'), sentenceCase('', 'en')]).toEqual(['Taste it', 'iPhone case', 'İçecek', 'Élan', 'عصير', '']);
  });
});

describe('measuring', () => {
  it('counts width and words in any script', () => {
    expect([textWidth('Fizzo'), textWidth('みかん'), textWidth('e\u0301')]).toEqual([5, 6, 1]);
    expect([countWords('Taste it'), countWords('330 ml'), countWords("l'été – chez vous"), countWords('みかんソーダ'), countWords('')]).toEqual([2, 2, 3, 3, 0]);
    expect(readingFrames('Taste it', 30)).toBe(45);
  });
});
