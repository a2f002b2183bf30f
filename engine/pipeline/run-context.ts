/** What the parts of a run share: how to get a step done, under which policy, and with what. */
import type { StepOutput, StepSpec } from '#engine/jobs/types.ts';
import type { GenerationChoice } from '#engine/providers/types.ts';
import type { ChainPolicy } from './chains.ts';
import type { Services } from './services.ts';

export interface RunContext {
  readonly runId: string;
  readonly services: Services;
  readonly policy: ChainPolicy;
  /** Submits a step and waits for its result. Rejects when it fails or the run is canceled. */
  step(step: StepSpec): Promise<StepOutput>;
  /** Ids of the workflows that the user asked for. */
  readonly wanted: readonly string[];
  /** What a ComfyUI would make this with, found out once per run; undefined when none may be asked. */
  choose(capability: 'backdrop' | 'music' | 'cutout'): Promise<GenerationChoice | undefined>;
  /** Something the user should know at the end: what was converted, cut or left out. */
  notice(text: string): void;
}
