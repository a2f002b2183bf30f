/**
 * The chain of compositing (DESIGN §4): the film as planned → without shadows, reflection and light wrap → its backdrop alone. A
 * picture that cannot be drawn because a part of it is broken still leaves a film, and the run says what is missing. What a
 * simpler film cannot cure (cancel, a full or read-only disk, no ffmpeg) ends the step; what another attempt may cure is tried again
 * by the queue first.
 */
import { AdgenError } from '#core/contract/errors.ts';
import type { CompositionFacts } from '#core/composition/facts.ts';
import type { Film } from '#core/composition/film.ts';
import { explain } from '#engine/jobs/run-chain.ts';
import type { StepContext, StepOutput } from '#engine/jobs/types.ts';

/** A link of the chain. */
export interface DrawingWay {
  readonly id: string;
  readonly simplify: (film: Film) => Film;
}

const asPlanned: DrawingWay = { id: 'full composition', simplify: (film) => film };
const withoutParts: DrawingWay = { id: 'composition without shadows', simplify: dropParts };
const backdropAlone: DrawingWay = { id: 'backdrop alone', simplify: dropAllButBackdrops };

/** For what is looked at: film and stills. */
export const FILM_WAYS: readonly DrawingWay[] = [asPlanned, withoutParts, backdropAlone];
/** For what is measured on a film, where the place of the product counts. */
export const MEASURING_WAYS: readonly DrawingWay[] = [asPlanned, withoutParts];

const INCURABLE = new Set(['DISK_FULL', 'READ_ONLY', 'MISSING_TOOL', 'CANCELED']);

/** Draws in the first way that works. Throws the error of the first way when none does. */
export async function drawWithFallback<T>(
  film: Film,
  ways: readonly DrawingWay[],
  { signal, isLastAttempt }: Pick<StepContext, 'signal' | 'isLastAttempt'>,
  draw: (film: Film) => Promise<T>,
): Promise<{ value: T } & Pick<StepOutput, 'fallback'>> {
  const fallback: NonNullable<StepOutput['fallback']> = [];
  let first: unknown;
  for (const [index, way] of ways.entries()) {
    try {
      const value = await draw(way.simplify(film));
      return { value, ...(fallback.length > 0 ? { fallback } : {}) };
    } catch (error) {
      first ??= error;
      const next = ways[index + 1];
      const isTransient = error instanceof AdgenError && error.isTransient && !isLastAttempt;
      if (next === undefined || signal.aborted || isTransient || (error instanceof AdgenError && INCURABLE.has(error.code))) throw signal.aborted ? error : first;
      fallback.push({ from: way.id, to: next.id, ...explain(error) });
    }
  }
  throw first;
}

function dropParts(film: Film): Film {
  const products = Object.fromEntries(Object.entries(film.facts.products).map(([id, facts]) => [id, { ...facts, parts: {} }]));
  return { ...film, parts: {}, facts: { ...film.facts, products } };
}

function dropAllButBackdrops({ logo: _logo, ...film }: Film): Film {
  const facts: CompositionFacts = { products: {}, backdrops: film.facts.backdrops, captions: {} };
  return { ...film, facts, parts: {}, captions: {}, scenes: film.scenes.map((scene) => ({ ...scene, captions: [] })) };
}
