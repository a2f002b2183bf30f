/**
 * The claims guard: no number, price, superlative, comparison, guarantee, offer or urgency reaches the screen unless it
 * stands in the brief or in a product's name, whoever wrote the line. What cannot be traced is cut out by the sentence or
 * list item, and reported. It is deliberately strict: a good line too many is lost rather than a false promise shown.
 * It judges words only; whether the brief's own claims are true is the client's business.
 */
import type { Brief, DroppedClaim } from '../project/schema.ts';
import { findClaims, type Claim } from './claims/find-claims.ts';
import { foldText } from './claims/fold-text.ts';
import { isInstruction } from './claims/is-instruction.ts';
import type { ClaimKind } from './claims/lexicon.ts';
import { tokenise, type Token } from './claims/tokenise.ts';
import { isTraceable, type ClaimText } from './claims/trace-claim.ts';
import { splitSentences } from './copy/split-clauses.ts';
import { detectLanguage } from './language/detect-language.ts';
import { neutralLines } from './language/connectives.ts';
import { primaryLanguage } from './language/normalise-language-tag.ts';

/** What claims may be traced to. The tone is not among it: "best" as a mood is no fact. */
export interface ClaimSources {
  readonly brief: Brief;
  readonly productNames: readonly string[];
  readonly brandName?: string;
}

/** `text` is what may be shown (null: nothing is left), `dropped` what was cut and why. */
export interface GuardedText {
  readonly text: string | null;
  readonly dropped: DroppedClaim[];
}

/** A guard over one brief: reads the sources once, then judges any number of lines. */
export interface ClaimsGuard {
  /** The text without what cannot be traced. */
  guard(text: string): GuardedText;
  /** Why a text may not be shown as it is, in one sentence; '' when it may. */
  objectionTo(text: string): string;
  /** The same for a claim that two lines on one screen make together ("Number" over "One"). */
  objectionToPair(first: string, second: string): string;
}

/** `language` is the copy's language, '' or missing if unknown. */
export function createClaimsGuard(sources: ClaimSources, language = ''): ClaimsGuard {
  const { objectionTo, objectionToPair } = prepareObjections(sources, language);
  return { objectionTo, objectionToPair, guard: (text) => guardText(text, objectionTo) };
}

/** Guards one caption; see `createClaimsGuard` for many. */
export function guardClaims(text: string, sources: ClaimSources, language = ''): GuardedText {
  return createClaimsGuard(sources, language).guard(text);
}

type ObjectionTo = (text: string) => string;

function guardText(text: string, objectionTo: ObjectionTo): GuardedText {
  if (objectionTo(text) === '') return { text, dropped: [] };
  const dropped: DroppedClaim[] = [];
  const kept = splitParts(text).map((sentence) => keepAllowed(sentence, text, objectionTo, dropped)).filter((part) => part !== '').join(' ').replace(/[\s,;:–—-]+$/u, '');
  // What is left must stand on its own: two halves can promise together what neither does alone.
  const objection = objectionTo(kept);
  if (objection !== '') dropped.push(report(text, kept, objection));
  return { text: objection !== '' || !/[\p{L}\p{N}]/u.test(kept) ? null : kept, dropped };
}

const NEUTRAL: readonly (readonly string[])[] = neutralLines().map((line) => tokenise(line).map((token) => token.text));

function prepareObjections(sources: ClaimSources, language: string): Pick<ClaimsGuard, 'objectionTo' | 'objectionToPair'> {
  const fields = sourceFields(sources);
  const briefLanguages = [primaryLanguage(language), detectLanguage(fields.join('\n'))];
  const known = fields.flatMap((field) => [field, joinParts(field)]).map((field) => claimText(field, new Set([...briefLanguages, detectLanguage(field)]), []));
  const names = [...sources.productNames, sources.brief.productName, sources.brandName ?? ''].map((name) => tokenise(name).map((token) => token.text)).filter((name) => name.length > 1);
  const whole = new Set(fields.map(foldText));
  const languagesOf = (text: string): ReadonlySet<string> => new Set([...briefLanguages, detectLanguage(text)]);
  const untraceable = (candidate: ClaimText, isRelevant: (claim: Claim) => boolean = () => true): string => {
    const claim = candidate.claims.find((item) => isRelevant(item) && !isTraceable(candidate, item, known));
    return claim === undefined ? '' : `${REASONS[claim.kind]} "${candidate.tokens.slice(claim.start, claim.end).map((token) => token.text).join(' ')}" is not in the brief`;
  };
  const judge = (text: string): string => {
    const candidate = claimText(text, languagesOf(text), [...NEUTRAL, ...names]);
    return untraceable(candidate) || (isUncovered(text, language) ? unknownWord(candidate, known) : '');
  };
  return {
    objectionTo: (text) => {
      if (text.trim() === '' || whole.has(foldText(text))) return '';
      return isInstruction(text) ? 'it is an instruction, not copy' : judge(text) || judge(joinParts(text));
    },
    objectionToPair: (first, second) => {
      const upper = tokenise(first).map((token) => ({ ...token, endsClause: false }));
      const tokens = [...upper, ...tokenise(second)];
      const candidate = { tokens, claims: findClaims(tokens, languagesOf(`${first} ${second}`)) };
      return untraceable(candidate, (claim) => claim.start < upper.length && claim.end > upper.length);
    },
  };
}

/** "gua-ran-teed" as one word; both forms are judged, in the brief as in the caption. */
function joinParts(text: string): string {
  return text.replace(/(?<=\p{L})[-‐‑_.*·~/](?=\p{L})/gu, '');
}

const REASONS: Readonly<Record<ClaimKind, string>> = {
  number: 'the number', superlative: 'the superlative', comparison: 'the comparison', quality: 'the claim', offer: 'the offer', urgency: 'the urgency', rating: 'the rating',
};

function sourceFields({ brief, productNames, brandName = '' }: ClaimSources): string[] {
  const fields = [brief.productName, brief.description, brief.message, brief.audience, brief.callToAction, ...productNames, brandName];
  return fields.map((field) => splitSentences(field).filter((sentence) => !isInstruction(sentence)).join('.\n')).filter((field) => field !== '');
}

function claimText(text: string, languages: ReadonlySet<string>, neutral: readonly (readonly string[])[]): ClaimText {
  const tokens = tokenise(text);
  const masked = neutral.flatMap((words) => occurrences(tokens, words));
  const claims = findClaims(tokens, languages).filter((claim: Claim) => !masked.some(([start, end]) => claim.start >= start && claim.end <= end));
  return { tokens, claims };
}

function occurrences(tokens: readonly Token[], words: readonly string[]): [number, number][] {
  return tokens.flatMap((_, start) => (words.length > 0 && words.every((word, offset) => tokens[start + offset]?.text === word) ? [[start, start + words.length] as [number, number]] : []));
}

/** Languages whose lexicon is good enough to tell a claim; in any other, only the brief's own words pass. */
const COVERED: ReadonlySet<string> = new Set(['', 'en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'no', 'pl', 'ru', 'uk', 'el', 'ar', 'he', 'ja', 'zh', 'ko', 'tr', 'cs']);

function isUncovered(text: string, language: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  const foreign = letters.filter((letter) => !/[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/u.test(letter));
  return foreign.length > 0 || !COVERED.has(primaryLanguage(language));
}

function unknownWord(text: ClaimText, sources: readonly ClaimText[]): string {
  const known = new Set(sources.flatMap((source) => source.tokens.map((token) => token.text)));
  const unknown = text.tokens.find((token) => token.kind === 'word' && !known.has(token.text));
  return unknown === undefined ? '' : `the word "${unknown.text}" is not in the brief, and this language's claims cannot be checked otherwise`;
}

function splitParts(text: string): string[] {
  return text.split(/(?<=[!?…。！？\n•|;；]|(?<!\b(?:no|nr|num))\.(?=\s|$)|\s[–—-](?=\s))\s*(?=\S)/iu).map((part) => part.trim()).filter((part) => part !== '');
}

/** The sentence, or the items of its list that may be shown, or ''. */
function keepAllowed(sentence: string, caption: string, objectionTo: ObjectionTo, dropped: DroppedClaim[]): string {
  const objection = objectionTo(sentence);
  if (objection === '') return sentence;
  const items = sentence.split(/(?<=,)\s+|(?<=[、，،])/u);
  const allowed = items.filter((item) => objectionTo(item) === '');
  const refused = items.filter((item) => !allowed.includes(item));
  const rest = allowed.join(' ').replace(/[,、，،\s]+$/u, '');
  const isSound = refused.length > 0 && allowed.length > 0 && !LEANS_ON_REST.test(rest) && objectionTo(rest) === '';
  dropped.push(...(isSound ? refused.map((item) => report(caption, item, objectionTo(item))) : [report(caption, sentence, objection)]));
  return isSound ? rest : '';
}

const LEANS_ON_REST = /^(and|but|or|nor|yet|so|than|because|und|aber|oder|sondern|als|denn|et|mais|ou|donc|y|e|o|pero|sino|ma|mas|en|maar|of|dan|och|i|и|но|или)\s/iu;

function report(text: string, claim: string, reason: string): DroppedClaim {
  return { text: text.slice(0, 300), claim: claim.slice(0, 200), reason: reason.slice(0, 300) };
}
