/** What a run tells its watchers, live and afterwards. */
import type { SerializedError } from '#core/contract/errors.ts';
import type { AssetRef } from '#core/project/schema.ts';
import type { Fallback, Stage, StepState } from './types.ts';

/** A step as an event shows it. */
export interface StepView {
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly stage: Stage;
  readonly state: StepState;
  readonly isCacheHit: boolean;
  readonly progress: number;
  readonly weight: number;
  readonly note?: string;
  readonly attempt?: number;
  /** Why it failed, is tried again, or was canceled. */
  readonly error?: { readonly code: string; readonly message: string };
  /** Of a step that succeeded: who did it, and who could not. */
  readonly provider?: string;
  readonly fallback?: readonly Fallback[];
  /** Of a step that makes something to look at, once it has succeeded. */
  readonly artifacts?: Readonly<Record<string, AssetRef>>;
  readonly data?: unknown;
}

export type RunEventBody =
  | { readonly type: 'run'; readonly state: StepState; readonly stage: Stage; readonly progress: number; readonly error?: Pick<SerializedError, 'code' | 'message'> }
  | { readonly type: 'steps'; readonly steps: readonly StepView[] }
  | { readonly type: 'step'; readonly step: StepView; readonly progress: number }
  | { readonly type: 'progress'; readonly step: StepView; readonly progress: number }
  | { readonly type: 'preview'; readonly stepKey: string; readonly name: string; readonly mime: string; readonly base64: string; readonly progress: number };

/**
 * `run`: its state or stage changed. `steps`: steps were added. `step`: one changed state. `progress`: how far one is; live
 * only. `preview`: what a step's picture looks like so far; live only, a few a second at most. Kept events have an `id` that grows within a run, so a watcher can go on after the last one it saw. `progress` is that of
 * the run, 0..1, and never goes back.
 */
export type RunEvent = RunEventBody & { readonly id?: number; readonly runId: string; readonly atMs: number };
