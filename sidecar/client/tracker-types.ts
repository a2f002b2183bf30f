/** What the job tracker knows, what it is told, and what it asks for. All of it is data. */
import type { AdgenError } from '#core/contract/errors.ts';
import type { PreviewFrame } from '#sidecar/protocol/binary-frames.ts';
import type { EngineEvent } from '#sidecar/protocol/events.ts';
import type { RemoteJob } from '#sidecar/protocol/jobs.ts';
import type { OutputFile } from '#sidecar/protocol/outputs.ts';
import type { ProgressState } from './progress.ts';

/**
 * - waiting: in our queue
 * - posting: on its way, no answer yet
 * - unsure: it may or may not have arrived; the server is asked before it is sent again
 * - aboard: the server has it
 * - collecting: the server is done with it; files are fetched and checked
 */
export type JobPhase = 'waiting' | 'posting' | 'unsure' | 'aboard' | 'collecting';

export interface TrackedJob {
  readonly jobId: string;
  /** Ids for this job's runs on the server, the present one first. A run whose file is gone is repeated under the next. */
  readonly promptIds: readonly [string, ...string[]];
  readonly phase: JobPhase;
  readonly remote: 'pending' | 'running';
  readonly posts: number;
  /** How often the server forgot it while it ran, and while it waited there. */
  readonly losses: number;
  readonly displacements: number;
  readonly collects: number;
  /** Which connection the server sends this job's events to. */
  readonly link: number;
  readonly isLooking: boolean;
  /** The connection was cut since it was last looked up: the server may have been started anew. */
  readonly isInDoubt: boolean;
  readonly nextLookMs: number;
  readonly lastLifeMs: number;
  readonly stuckSinceMs?: number;
  readonly cancelSinceMs?: number;
  readonly hasSentCancel: boolean;
  readonly progress: ProgressState;
}

export interface TrackerState {
  /** Oldest first. */
  readonly jobs: ReadonlyMap<string, TrackedJob>;
  /** It is known who answers on the address. */
  readonly isIdentified: boolean;
  readonly isListening: boolean;
  /** Counts connections; a new one does not hear about jobs of the one before. */
  readonly link: number;
  readonly unreachableSinceMs?: number;
  /** Any job's sign of life. */
  readonly lastLifeMs: number;
  /** What runs on the server, as far as events say. */
  readonly currentPromptId?: string;
  /** Prompts that have ended here, newest last; one of them that starts again is a duplicate. */
  readonly ended: readonly string[];
}

export interface TrackerLimits {
  /** Jobs on the server at a time: one runs, the others wait there so that the GPU does not. */
  readonly depth: number;
  readonly pollMs: number;
  readonly postsMost: number;
  readonly lossesMost: number;
  readonly displacementsMost: number;
  readonly collectsMost: number;
  /** A running job that sends events is given up on after this long without any. */
  readonly silentMs: number;
  /** The same for a job that sends none: one that waits, or that belongs to an earlier connection. */
  readonly deafMs: number;
  /** From the report that the engine is stuck until the job fails: time for a restart. */
  readonly stuckGraceMs: number;
  readonly cancelMs: number;
  readonly unreachableMs: number;
}

export const TRACKER_LIMITS: TrackerLimits = {
  depth: 2, pollMs: 2000, postsMost: 4, lossesMost: 1, displacementsMost: 10, collectsMost: 3,
  silentMs: 600_000, deafMs: 1_800_000, stuckGraceMs: 60_000, cancelMs: 15_000, unreachableMs: 120_000,
};

export type TrackerEvent =
  /** `wasSent`: the journal says that it may be on the server. */
  | { readonly type: 'submitted'; readonly jobId: string; readonly promptIds: readonly [string, ...string[]]; readonly progress: ProgressState; readonly wasSent: boolean }
  | { readonly type: 'identified' }
  | { readonly type: 'connected' }
  | { readonly type: 'disconnected' }
  | { readonly type: 'refused'; readonly error: AdgenError }
  | { readonly type: 'posted'; readonly jobId: string }
  | { readonly type: 'rejected'; readonly jobId: string; readonly error: AdgenError }
  | { readonly type: 'postLost'; readonly jobId: string }
  /** `found` undefined: the server knows nothing of it. */
  | { readonly type: 'looked'; readonly jobId: string; readonly promptId: string; readonly found: RemoteJob | undefined }
  | { readonly type: 'lookFailed'; readonly jobId: string }
  | { readonly type: 'engine'; readonly event: EngineEvent }
  | { readonly type: 'preview'; readonly preview: PreviewFrame }
  | { readonly type: 'canceled'; readonly jobId: string }
  | { readonly type: 'collected'; readonly jobId: string }
  | { readonly type: 'collectFailed'; readonly jobId: string; readonly error: AdgenError }
  | { readonly type: 'tick' };

export type Outcome = { readonly type: 'done' } | { readonly type: 'canceled' } | { readonly type: 'failed'; readonly error: AdgenError };

export type TrackerEffect =
  | { readonly type: 'post'; readonly jobId: string; readonly promptIds: readonly [string, ...string[]] }
  | { readonly type: 'look'; readonly jobId: string; readonly promptId: string }
  | { readonly type: 'cancel'; readonly promptId: string }
  | { readonly type: 'collect'; readonly jobId: string; readonly promptId: string; readonly outputs: readonly OutputFile[] }
  /** The server has begun with it; once more when it is begun again. */
  | { readonly type: 'running'; readonly jobId: string }
  | { readonly type: 'progress'; readonly jobId: string; readonly value: number }
  | { readonly type: 'preview'; readonly jobId: string; readonly preview: PreviewFrame }
  /** Nothing has moved for too long: whoever runs the engine may restart it. */
  | { readonly type: 'stuck'; readonly jobId: string; readonly quietMs: number }
  /** Give the GPU's memory back. */
  | { readonly type: 'free' }
  /** The job has left the tracker. Exactly one per submitted job. */
  | { readonly type: 'settle'; readonly jobId: string; readonly outcome: Outcome };

export interface Tracked {
  readonly state: TrackerState;
  readonly effects: readonly TrackerEffect[];
}
