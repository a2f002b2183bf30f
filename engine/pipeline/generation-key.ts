/** What a generative workflow adds to a step: to its key, and to where it runs. */
import type { GenerationRecord } from '#engine/jobs/types.ts';
import type { GenerationChoice } from '#engine/providers/types.ts';

/** Weights of generated steps in a run's progress, in the unit of the others: very roughly seconds, on a GPU. */
export const GENERATED_WEIGHT = { backdrop: 30, music: 20 } as const;

interface Generation {
  readonly workflow: GenerationChoice;
  readonly usesCloud?: boolean;
}

/** Why no workflow can do it is no part of the key: it is the same result for any reason. */
export function generationKey({ workflow, usesCloud }: Generation, words: unknown): unknown {
  if (usesCloud) return 'id' in workflow ? { workflow: workflow.id, hash: workflow.hash, words } : { words };
  return 'id' in workflow ? { workflow: workflow.id, hash: workflow.hash, words } : 'none';
}

/** The work is a server's; it needs a place in the GPU's lane. */
export function isGenerated(generation: Generation | undefined): boolean {
  return generation !== undefined && 'id' in generation.workflow;
}

/** Where work runs that is generated: in the GPU's lane, at a service, or (not generated) here. */
export function laneOf(generation: Generation | undefined): 'gpu' | 'net' | 'io' {
  return isGenerated(generation) ? 'gpu' : generation?.usesCloud ? 'net' : 'io';
}

/** What the user owes for all of it. */
export function costOf(generated: readonly GenerationRecord[]): { costUsd?: number } {
  const costUsd = generated.reduce((sum, record) => sum + (record.costUsd ?? 0), 0);
  return costUsd > 0 ? { costUsd } : {};
}
