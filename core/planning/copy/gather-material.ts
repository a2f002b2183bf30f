/** What the brief gives the copy to work with, in the brief's own words and order. */
import type { Brief } from '../../project/schema.ts';
import { cutText } from '../normalise-brief.ts';
import { textWidth } from './measure-text.ts';
import { HEADLINE_WIDTH } from './shorten-line.ts';
import { splitClauses, splitSentences, trimLine } from './split-clauses.ts';

/** Clauses still to be shown; every one is a piece of the brief. */
export interface CopyMaterial {
  readonly name: string;
  readonly messages: readonly string[];
  readonly facts: readonly string[];
  readonly questions: readonly string[];
  readonly proofs: readonly string[];
  readonly audience: string;
  readonly callToAction: string;
}

/** The product's name for the screen: the brief's, else the fallback, at most 48 letters wide. */
export function nameLine(productName: string, fallbackName: string): string {
  return shortName(trimLine(productName) || trimLine(fallbackName));
}

/** Sorts the brief into material. `canSplit` keeps sentences whole whose parts would say more than the whole does. */
export function gatherMaterial(brief: Brief, fallbackName: string, canSplit: (sentence: string) => boolean): CopyMaterial {
  const name = nameLine(brief.productName, fallbackName);
  const seen = new Set([key(name), key(brief.callToAction)]);
  const fresh = (clauses: string[]): string[] => clauses.filter((clause) => /[\p{L}\p{N}]/u.test(clause) && !seen.has(key(clause)) && seen.add(key(clause)) !== undefined);
  const messages = fresh(splitClauses(brief.message, canSplit));
  const described = fresh(splitClauses(brief.description, canSplit));
  const questions = [...messages, ...described].filter(isQuestion);
  const rest = described.filter((clause) => !isQuestion(clause));
  return {
    name,
    messages: messages.filter((clause) => !isQuestion(clause)),
    facts: rest.filter((clause, index) => !isProof(clause, index)),
    proofs: rest.filter(isProof),
    questions,
    audience: splitSentences(brief.audience)[0] ?? '',
    callToAction: trimLine(brief.callToAction),
  };
}

function isQuestion(clause: string): boolean {
  return /[?？؟;]["”»]?$/u.test(clause);
}

// The first clause says what the product is, even when it holds a figure; a long one explains rather than proves.
function isProof(clause: string, index: number): boolean {
  return index > 0 && /\p{N}/u.test(clause) && textWidth(clause) <= 32;
}

/** A name as it fits a line: without what follows a separator or a preposition, else as many whole words as fit. */
function shortName(name: string): string {
  if (textWidth(name) <= HEADLINE_WIDTH.max) return name;
  const head = name.split(/\s[-–—|:]\s|[,;(|]|\s(?=(?:with|for|mit|für|avec|pour|con|para|per|com|met|voor)\s)/iu)[0]?.trim() ?? '';
  if (head !== '' && textWidth(head) <= HEADLINE_WIDTH.max) return head;
  const words = name.split(' ');
  while (words.length > 1 && textWidth(words.join(' ')) > 40) words.pop();
  return words.length > 1 ? words.join(' ') : cutText(name, 40);
}

function key(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
