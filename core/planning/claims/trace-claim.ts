/**
 * Decides whether a claim stands in the brief. Not only its words: the same number with the same unit, next to the same
 * noun, with the same "not", "up to" or "almost" around it. "330 ml" traces to "330 ml cans"; "330 %", "330 reasons" and
 * "best soda" (from "best before") do not.
 */
import type { Claim } from './find-claims.ts';
import { FRAME_WORDS, FUNCTION_WORDS, SIZES } from './lexicon.ts';
import type { Token } from './tokenise.ts';

/** A text with its claims already found. */
export interface ClaimText {
  readonly tokens: readonly Token[];
  readonly claims: readonly Claim[];
}

/** True when one of the sources makes the same claim in the same sense. */
export function isTraceable(text: ClaimText, claim: Claim, sources: readonly ClaimText[]): boolean {
  return sources.some((source) => source.claims.some((other) => isSameClaim(text, claim, source, other)));
}

function isSameClaim(text: ClaimText, claim: Claim, source: ClaimText, other: Claim): boolean {
  if (wordsOf(text, claim) !== wordsOf(source, other) || framesOf(text, claim) !== framesOf(source, other)) return false;
  const tokens = text.tokens.slice(claim.start, claim.end);
  // A code such as "USB3" is a name, and a measured amount is complete in itself.
  if (tokens.length === 1 && tokens[0]?.kind === 'code') return true;
  const here = contextAfter(text, claim);
  const there = contextAfter(source, other);
  // A size is complete in itself, whatever noun follows where the brief has none; "24 hours" or "50 %" of what, is not.
  if (claim.kind === 'number' && tokens.length > 1 && SIZES.has(tokens.at(-1)?.text ?? '') && (here === '' || there === '')) return true;
  if (here !== there) return false;
  return here !== '' || claim.kind !== 'number' || tokens.length > 1 || contextBefore(text, claim) === contextBefore(source, other);
}

function wordsOf(text: ClaimText, claim: Claim): string {
  return text.tokens.slice(claim.start, claim.end).map((token) => token.text).join(' ');
}

/** "not", "up to" and the like within three words before the claim, or a late "nicht" behind it, in the same clause. */
function framesOf(text: ClaimText, claim: Claim): string {
  const frames: string[] = [];
  for (let index = claim.start - 1; index >= Math.max(0, claim.start - 3) && !text.tokens[index]?.endsClause; index--) {
    const word = text.tokens[index]?.text ?? '';
    if (FRAME_WORDS.has(word)) frames.push(word);
  }
  for (let index = claim.end; index < Math.min(text.tokens.length, claim.end + 4) && !text.tokens[index - 1]?.endsClause; index++) {
    const word = text.tokens[index]?.text ?? '';
    if (/^(nicht|niet|pas|ikke|inte|ej|keine?|geen)$/.test(word)) frames.push(word);
  }
  return frames.sort().join(' ');
}

function contextAfter(text: ClaimText, claim: Claim): string {
  const next = text.tokens[claim.end];
  if (next === undefined || text.tokens[claim.end - 1]?.endsClause || FUNCTION_WORDS.has(next.text) || next.kind === 'symbol') return '';
  return next.text;
}

function contextBefore(text: ClaimText, claim: Claim): string {
  const previous = text.tokens[claim.start - 1];
  return previous === undefined || previous.endsClause ? '' : previous.text;
}
