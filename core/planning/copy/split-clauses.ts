/**
 * Cuts running text into the thoughts it is made of: sentences first, then the parts of a list. A part is always a
 * piece of the original wording; nothing is reordered or reworded.
 */
import { textWidth } from './measure-text.ts';

/** A sentence longer than this is looked at for commas. */
const SHORT_SENTENCE = 22;

/** Sentences of a text, without their closing full stop (question and exclamation marks stay). */
export function splitSentences(text: string): string[] {
  const parts = text.split(/(?<=[!?…！？؟])\s*(?=\p{L}|\p{N}|$)|(?<=[^\s\p{Lu}.]{2}|\p{N}|\p{N}\s?\p{L}{1,3})(?<!\b(?:[Nn][or]|[Dd]r|[Ss]t|[Vv]ol|[Cc]a|[Aa]pprox|[Ii]n[ck]l|[Mm]in|[Mm]ax|bzw|usw|etc))\.\s+(?=[\p{Lu}\p{N}\p{Lo}"„“«¿¡])|\.$|[。]\s*|[\n•·|;；]+|\s[–—-]\s/u);
  return parts.map((part) => trimLine(part)).filter((part) => part !== '');
}

/** Sentences and, in longer ones, the items between commas. Single short words stay together ("fresh, light, fruity"). */
export function splitClauses(text: string, canSplit: (sentence: string) => boolean = () => true): string[] {
  return splitSentences(text).flatMap((sentence) => (textWidth(sentence) > SHORT_SENTENCE && canSplit(sentence) ? splitAtCommas(sentence) : [sentence]));
}

function splitAtCommas(sentence: string): string[] {
  const items = sentence.split(/,\s+|[、，،]\s*/u).map(trimLine).filter((item) => item !== '');
  const isList = items.length > 1 && !isEnumeration(items) && items.every((item, index) => isSelfStanding(item, index === items.length - 1));
  return isList ? items : [sentence];
}

// "red, green and blue shoes" is one thought; "glazed by hand, dishwasher safe, 330 ml" are three. A long single word
// may close a list ("…, in Portugal glasiert, spülmaschinenfest").
function isSelfStanding(item: string, isLast: boolean): boolean {
  const words = item.split(/\s+/u);
  const isWideScript = textWidth(item) > item.length * 1.5;
  if (words.length < 2 && !isWideScript && !(isLast && item.length >= 9)) return false;
  return !CONTINUES.test(`${item} `);
}

// "for filter, French press and espresso": the last comma item carries an "and" of its own.
function isEnumeration(items: readonly string[]): boolean {
  const last = items.at(-1) ?? '';
  return /\s(and|or|und|oder|et|ou|y|o|e|en|of|och|og|i|и)\s/iu.test(last) && last.split(/\s+/u).length <= 4;
}

const CONTINUES = new RegExp(`^(${[
  'and or but who which that because if when to so not except only',
  'und oder aber sondern die der das den dem weil wenn um nicht außer nur',
  'et ou mais qui que si quand y e o pero sino cuando che ma se mas quando',
  'en of maar dat och eller og i lub ve и или но',
].join(' ').replaceAll(' ', '|')})\\s`, 'iu');

/** Takes blanks and dangling separators off both ends; closing brackets and quotes stay. */
export function trimLine(text: string): string {
  return text.trim().replace(/^[\s,;:.\-–—*•·、，،。]+(?=\S)|[\s,;:\-–—、，،。]+$|(?<![.…])\.$/gu, '').trim();
}
