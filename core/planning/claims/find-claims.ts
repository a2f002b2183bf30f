/**
 * Finds what a text claims: every number with its unit, and every word or phrase of the lexicon; superlatives also by
 * their form, because no list has them all. It only finds; whether a claim may be shown is `traceClaim`'s business.
 */
import { foldText } from './fold-text.ts';
import { CLAIM_WORDS, NUMBER_WORDS, UNITS, type ClaimKind } from './lexicon.ts';
import type { Token } from './tokenise.ts';

/** Tokens `start` (inclusive) to `end` (exclusive). */
export interface Claim {
  readonly kind: ClaimKind;
  readonly start: number;
  readonly end: number;
}

interface Entry {
  readonly kind: ClaimKind;
  readonly words: readonly string[];
  readonly isPrefix: boolean;
  readonly languages: readonly string[];
}

/** All claims in reading order; `languages` are those the text may be in, for words that are harmless elsewhere. */
export function findClaims(tokens: readonly Token[], languages: ReadonlySet<string>): Claim[] {
  const claims: Claim[] = [];
  for (let start = 0; start < tokens.length; ) {
    const claim = numberAt(tokens, start) ?? lexiconClaimAt(tokens, start, languages) ?? formClaimAt(tokens, start);
    if (claim !== undefined) claims.push(claim);
    start = claim?.end ?? start + 1;
  }
  return claims;
}

const RANK_WORDS = new Set(['#', '№', 'no', 'nr', 'num', 'number', 'numero', 'nummer', 'platz', 'rang', 'place', 'top', 'n', 'x']);

function numberAt(tokens: readonly Token[], start: number): Claim | undefined {
  const isPrefixed = isCurrency(tokens[start]) || RANK_WORDS.has(tokens[start]?.text ?? '');
  const at = isPrefixed && isNumeric(tokens[start + 1]) ? start + 1 : start;
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (isPrefixed && at === start) return rankAt(tokens, start);
  if (token.kind === 'code') return { kind: 'number', start, end: at + 1 };
  if (token.kind === 'number') return { kind: 'number', start, end: endOfUnit(tokens, at) };
  return /^[%‰٪]$/u.test(token.text) ? { kind: 'number', start, end: at + 1 } : undefined;
}

// "No. I", "Platz eins", and a currency sign that stands alone.
function rankAt(tokens: readonly Token[], start: number): Claim | undefined {
  const next = tokens[start + 1]?.text ?? '';
  if (isCurrency(tokens[start])) return { kind: 'offer', start, end: start + 1 };
  return /^(i{1,3}|iv|vi{0,3}|ix|x|one|eins|un|uno|uma?|een)$/.test(next) ? { kind: 'superlative', start, end: start + 2 } : undefined;
}

function endOfUnit(tokens: readonly Token[], at: number): number {
  let end = at + 1;
  while (end < tokens.length && end - at <= 4 && !tokens[end - 1]?.endsClause && (UNITS.has(tokens[end]?.text ?? '') || isCurrency(tokens[end]))) end++;
  return end;
}

function isNumeric(token: Token | undefined): boolean {
  return token?.kind === 'number' || token?.kind === 'code';
}

function isCurrency(token: Token | undefined): boolean {
  return token?.kind === 'symbol' && /\p{Sc}/u.test(token.text);
}

function lexiconClaimAt(tokens: readonly Token[], start: number, languages: ReadonlySet<string>): Claim | undefined {
  const token = tokens[start];
  if (token === undefined) return undefined;
  const symbolKind = token.kind === 'symbol' && /[★☆\p{Extended_Pictographic}\u2729-\u2730]/u.test(token.text) ? 'rating' : undefined;
  if (symbolKind !== undefined) return { kind: symbolKind, start, end: start + 1 };
  if (token.kind === 'word' && isUnspaced(token.text)) return unspacedClaimAt(token.text, start);
  const fitting = (INDEX.get(token.text.slice(0, 2)) ?? []).filter((entry) => matches(entry, tokens, start) && (entry.languages.length === 0 || entry.languages.some((language) => languages.has(language))));
  const longest = fitting.reduce<Entry | undefined>((best, entry) => (entry.words.length > (best?.words.length ?? 0) ? entry : best), undefined);
  return longest === undefined ? undefined : { kind: longest.kind, start, end: start + longest.words.length };
}

function matches(entry: Entry, tokens: readonly Token[], start: number): boolean {
  return entry.words.every((word, offset) => {
    const text = tokens[start + offset]?.text ?? '';
    if (offset > 0 && tokens[start + offset - 1]?.endsClause) return false;
    return offset === entry.words.length - 1 && entry.isPrefix ? text.startsWith(word) : text === word;
  });
}

const CJK_NUMBER = /第[一二三四五六七八九十百]|[一二三四五六七八九十百千万萬億两兩]{2,}|[一二三四五六七八九十百千万萬億两兩半][折倍割位名個个本年日週周月円元％点點]|[百千万萬億]/u;

function unspacedClaimAt(text: string, start: number): Claim | undefined {
  if (CJK_NUMBER.test(text)) return { kind: 'number', start, end: start + 1 };
  const entry = UNSPACED.find((candidate) => text.includes(candidate.words[0] ?? ''));
  return entry === undefined ? undefined : { kind: entry.kind, start, end: start + 1 };
}

function isUnspaced(text: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Devanagari}]/u.test(text);
}

const GERMAN_DETERMINERS = new Set('am der die das den dem des dein deine deinen unser unsere ihr ihre aufs zum zur de het'.split(' '));
const NOT_GERMAN_SUPERLATIVES = /^(erste[nrs]?|kuste|liste|kiste|ko[sr]ten|kasten|osten|westen|fenster|muster|schwester|meister|kloster|paste|gaste|gasten|geste|gesten|buste|wuste|fest\w*|leisten|testen|rasten|fasten|lasten|posten|pfosten|husten|dienste[n]?|kunste[n]?|nachste[nrs]?|geister|polster|laster|pflaster|raster|muste[nr]|taste|paste|haste|waste|coaster|master|easter|poster|cluster|sister|toaster|kaste|toast\w*|rest\w*|korste[n]?|borste[n]?|brust\w*|piste|geiste\w*|garten|leiste|roste[nr]?|proste[n]?|forste[rn]?|morgenste)$/;
// German compounds such as "spülmaschinenfest" end alike.
const NOT_ENGLISH_SUPERLATIVES = /^([a-z]{6,}fest|forest|honest|modest|invest|arrest|attest|tempest|harvest|request|digest|contest|suggest|conquest|interest|midwest|manifest|southwest|northwest|everest|budapest|protest|earnest|infest|ingest|detest|bequest|inquest|unrest|priest|breast|bucharest|dishonest|reinvest|disinterest|rainforest|podest|protest|jongest|retest|trieste|houseguest|geluest|fruhest)$/;

/** Superlatives by form: English -est, Romance -issimo, Slavic naj-/nej-, Hungarian leg-…-bb, Russian -ейший, German "der …ste". */
function formClaimAt(tokens: readonly Token[], start: number): Claim | undefined {
  const token = tokens[start];
  const text = token?.text ?? '';
  if (token?.kind !== 'word') return undefined;
  const isSuperlative =
    (/^[a-z]{3,}est$/.test(text) && !NOT_ENGLISH_SUPERLATIVES.test(text) && text.length >= 6) ||
    /^[a-z]{3,}is?sim[oaie]s?$/.test(text) || /^(naj|nej)[a-z]{3,}/.test(text) || /^най[а-яіїє]{3,}/.test(text) || /^leg[a-z]{2,}bb/.test(text) ||
    /(ейш|айш)(ий|ая|ее|ие|его|ую|им|их)$/.test(text) ||
    (/^[a-z]{3,}st(e|en|er|es|em)$/.test(text) && !NOT_GERMAN_SUPERLATIVES.test(text) && GERMAN_DETERMINERS.has(tokens[start - 1]?.text ?? ''));
  if (isSuperlative) return { kind: 'superlative', start, end: start + 1 };
  const next = tokens[start + 1]?.text;
  const isComparison = !token.endsClause && /^[a-z]{3,}er$/.test(text) && (next === 'als' || next === 'dan');
  return isComparison ? { kind: 'comparison', start, end: start + 2 } : undefined;
}

const ENTRIES: readonly Entry[] = [
  ...parseEntries(NUMBER_WORDS, 'number'),
  ...(Object.keys(CLAIM_WORDS) as (keyof typeof CLAIM_WORDS)[]).flatMap((kind) => parseEntries(CLAIM_WORDS[kind], kind)),
];
const UNSPACED: readonly Entry[] = ENTRIES.filter((entry) => isUnspaced(entry.words[0] ?? ''));
const INDEX: ReadonlyMap<string, readonly Entry[]> = Map.groupBy(ENTRIES, (entry) => (entry.words[0] ?? '').slice(0, 2));

function parseEntries(list: string, kind: ClaimKind): Entry[] {
  return list.split(',').map((item) => item.trim()).filter((item) => item !== '').map((item) => {
    const [pattern = '', ...languages] = item.split('!');
    return { kind, words: foldText(pattern.replace('*', '')).split(/\s+/u), isPrefix: pattern.endsWith('*'), languages };
  });
}
