/**
 * What the engine says, in the language of the page: the one place that knows how. The engine's sentences are English and exact; other languages
 * have a sentence for each name that it gives (`nameOfError`), and the engine's own beside it as the detail.
 */
import { nameOfError } from '#core/contract/errors.ts';
import type { Finding } from '#core/placements/preflight/finding.ts';
import { languageNow, stringsNow } from './index.ts';

export interface Said {
  readonly text: string;
  /** The engine's own words, where `text` is not them. */
  readonly detail: string | null;
}

/** For these the engine's sentence is meant for whoever mends it. */
const UNREADABLE: ReadonlySet<string> = new Set(['INTERNAL']);

/** @param name as the engine gives it; without one, or with one that no catalogue knows, its sentence stands alone */
export function sayProblem(name: string | null | undefined, sentence: string): Said {
  const known = name ? stringsNow().problems.named[name] : undefined;
  if (known === undefined) return { text: sentence, detail: null };
  if (sentence === '') return { text: known, detail: null };
  return languageNow() === 'en' && !UNREADABLE.has(name ?? '') ? { text: sentence, detail: null } : { text: known, detail: sentence };
}

/** Anything that was thrown. */
export function sayError(error: unknown): Said {
  return sayProblem(nameOfError(error), error instanceof Error ? error.message : String(error));
}

/** In one line, where there is no place for two. */
export function messageOf(error: unknown): string {
  const { text, detail } = sayError(error);
  return detail === null ? text : `${text} (${detail})`;
}

/** A finding of pre-flight. Its sentence names words and scenes of the film in quotes; they are kept. */
export function sayFinding({ rule, message, found, wanted }: Pick<Finding, 'rule' | 'message' | 'found' | 'wanted'>): Pick<Finding, 'message' | 'found' | 'wanted'> {
  const { rules, scene, figures } = stringsNow().findings;
  const known = rules[rule];
  if (known === undefined) return { message, found, wanted };
  const places = [...message.matchAll(/“[^”]*”|\bscene (\d+)/g)].map(([text, number]) => (number === undefined ? text : scene(number)));
  const spell = (figure: string | null): string | null => figure && figures.reduce((text, [from, to]) => text.replace(from, to), figure);
  return { message: places.length === 0 ? known : `${known.slice(0, -1)} (${places.join(', ')}).`, found: spell(found), wanted: spell(wanted) };
}
