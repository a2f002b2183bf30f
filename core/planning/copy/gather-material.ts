/** What the brief gives the copy to work with, in the brief's own words and order. */
import type { Brief } from '../../project/schema.ts';
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

/** Sorts the brief into material. `canSplit` keeps sentences whole whose parts would say more than the whole does. */
export function gatherMaterial(brief: Brief, fallbackName: string, canSplit: (sentence: string) => boolean): CopyMaterial {
  const name = trimLine(brief.productName) || trimLine(fallbackName);
  const seen = new Set([key(name), key(brief.callToAction)]);
  const fresh = (clauses: string[]): string[] => clauses.filter((clause) => /[\p{L}\p{N}]/u.test(clause) && !seen.has(key(clause)) && seen.add(key(clause)) !== undefined);
  const messages = fresh(splitClauses(brief.message, canSplit));
  const described = fresh(splitClauses(brief.description, canSplit));
  const questions = [...messages, ...described].filter(isQuestion);
  const rest = described.filter((clause) => !isQuestion(clause));
  return {
    name,
    messages: messages.filter((clause) => !isQuestion(clause)),
    facts: rest.filter((clause) => !hasFigure(clause)),
    proofs: rest.filter(hasFigure),
    questions,
    audience: splitSentences(brief.audience)[0] ?? '',
    callToAction: trimLine(brief.callToAction),
  };
}

function isQuestion(clause: string): boolean {
  return /[?？؟;]["”»]?$/u.test(clause);
}

function hasFigure(clause: string): boolean {
  return /\p{N}/u.test(clause);
}

function key(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
