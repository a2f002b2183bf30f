/** What the parts of a run share: how to get a step done, under which policy, and with what. */
import type { StepOutput, StepSpec } from '#engine/jobs/types.ts';
import type { GenerationChoice } from '#engine/providers/types.ts';
import type { ChainPolicy } from './chains.ts';
import type { Generation } from './choose-generation.ts';
import type { Services } from './services.ts';

export interface RunContext {
  readonly runId: string;
  readonly services: Services;
  readonly policy: ChainPolicy;
  /** Submits a step and waits for its result. Rejects when it fails or the run is canceled. */
  step(step: StepSpec): Promise<StepOutput>;
  /** Ids of the workflows that the user asked for. */
  readonly wanted: readonly string[];
  /**
   * What a ComfyUI would make this with; undefined when none may be asked. A server is asked once per run, and only for what was not made before:
   * `keyOf` says which step it would be with a choice of an earlier run.
   */
  choose(capability: 'backdrop' | 'music' | 'cutout', keyOf: (workflow: GenerationChoice) => string): Promise<GenerationChoice | undefined>;
  /** Set where no ComfyUI may be asked: who made a step in an earlier run, whose result is still there. */
  earlier?(capability: 'backdrop' | 'music', keyOf: (generation: Generation) => string): Generation | undefined;
  /** Keeps in mind who makes a step, for the day when they cannot be asked. */
  remember(capability: 'backdrop' | 'music', generation: Generation): void;
  /** Set where nothing may be bought: whether a step was made before, so that it costs nothing. */
  isMade?(key: string): boolean;
  /** Something the user should know at the end: what was converted, cut or left out. */
  notice(text: string): void;
}
