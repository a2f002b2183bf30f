/** What a generative workflow adds to a step: to its key, and to where it runs. */
import type { GenerationChoice } from '#engine/providers/types.ts';

/** Weights of generated steps in a run's progress, in the unit of the others: very roughly seconds, on a GPU. */
export const GENERATED_WEIGHT = { backdrop: 30, music: 20 } as const;

interface Generation {
  readonly workflow: GenerationChoice;
}

/** Why no workflow can do it is no part of the key: it is the same result for any reason. */
export function generationKey({ workflow }: Generation, words: unknown): unknown {
  return 'id' in workflow ? { workflow: workflow.id, hash: workflow.hash, words } : 'none';
}

/** The work is a server's; it needs a place in the GPU's lane. */
export function isGenerated(generation: Generation | undefined): boolean {
  return generation !== undefined && 'id' in generation.workflow;
}
