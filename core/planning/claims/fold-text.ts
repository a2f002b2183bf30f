/**
 * Brings text to the form in which claims are compared: compatibility forms (full-width, superscript, circled, styled
 * letters), digits of any script as 0–9, no accents, no case, no invisible characters, look-alike letters of another
 * script as Latin, and letters that were spaced out ("b e s t") put together. Comparison only; it is never shown.
 */

/** Latin letters that Cyrillic and Greek letters pass for. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  а: 'a', в: 'b', е: 'e', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', т: 't', у: 'y', х: 'x', і: 'i', ј: 'j', ѕ: 's', ԁ: 'd', һ: 'h', ԛ: 'q', ԝ: 'w', ѵ: 'v',
  α: 'a', β: 'b', ε: 'e', η: 'n', ι: 'i', κ: 'k', μ: 'u', ν: 'v', ο: 'o', ρ: 'p', σ: 'o', τ: 't', υ: 'u', χ: 'x', ω: 'w',
  ı: 'i', ł: 'l', ø: 'o', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe',
};

/** Symbols that stand for a letter inside a word. */
const LEET: Readonly<Record<string, string>> = { '@': 'a', $: 's', '€': 'e', '£': 'l', '!': 'i', '|': 'l', '¡': 'i', '¢': 'c' };

/** Folded text; words and their order stay. */
export function foldText(text: string): string {
  const marked = text.replace(/[\u{1f150}-\u{1f169}\u{1f170}-\u{1f189}\u{1f1e6}-\u{1f1ff}]/gu, enclosedLetter).replace(/\p{Nl}/gu, (char) => ` numeral${char.codePointAt(0)} `);
  const plain = stripAccents(marked.normalize('NFKC').toLowerCase().replace(/[\p{Cf}\ufe0f\u20e3]/gu, '')).replace(/\p{Nd}/gu, asciiDigit);
  const sameScript = plain.replace(/[\p{L}]+/gu, (word) => latinIfMixed(word, /[a-z]/.test(plain)));
  return joinSpacedLetters(sameScript.replace(/(?<=\p{L})[@$€£!|¡¢](?=\p{L})/gu, (char) => LEET[char] ?? char));
}

// White-on-black letters and flag letters have no compatibility form in Unicode.
function enclosedLetter(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const first = code >= 0x1f1e6 ? 0x1f1e6 : code >= 0x1f170 ? 0x1f170 : 0x1f150;
  return String.fromCodePoint(0x61 + code - first);
}

function stripAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{Mn}/gu, '').normalize('NFC');
}

function asciiDigit(char: string): string {
  const code = char.codePointAt(0) ?? 48;
  let zero = code;
  // Decimal digits stand in runs of ten; the run's first is zero.
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String(code - zero);
}

function latinIfMixed(word: string, isAmongLatin: boolean): string {
  const letters = [...word];
  const isForeign = (letter: string): boolean => /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(letter);
  const isMixed = letters.some(isForeign) && letters.some((letter) => /\p{Script=Latin}/u.test(letter));
  const isDisguised = isAmongLatin && letters.every((letter) => isForeign(letter) && letter in LOOK_ALIKES);
  return letters.map((letter) => (isForeign(letter) && !isMixed && !isDisguised ? letter : (LOOK_ALIKES[letter] ?? letter))).join('');
}

function joinSpacedLetters(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}])(?:\p{L}[ ._*·-]{1,2}){2,}\p{L}(?![\p{L}\p{N}])/gu, (run) => run.replace(/[ ._*·-]/g, ''));
}
