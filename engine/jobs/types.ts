/**
 * The vocabulary of the durable queue. A step is content-addressed: its key hashes everything that its result depends
 * on, so the same key means the same artifacts and is never run twice. The row in SQLite is the truth.
 */
import type { AssetRef } from '#core/project/schema.ts';

/** What the user sees a run do (DESIGN §1). */
export const STAGES = [
  'PENDING', 'PLANNING', 'EXTRACTING_PRODUCT', 'GENERATING_SCENES', 'GENERATING_AUDIO', 'COMPOSITING', 'RENDERING', 'COMPLETED', 'FAILED', 'CANCELED',
] as const;
export type Stage = (typeof STAGES)[number];

/** Lanes bound how many steps run at once: `gpu` two for the one endpoint, so that it never waits, `cpu` cores − 1 (at least 1), `net` and `io` a few. */
export type Lane = 'gpu' | 'cpu' | 'net' | 'io';

export type StepState = 'queued' | 'running' | 'succeeded' | 'failed' | 'canceled';

/** One unit of durable work, as it is submitted. */
export interface StepSpec {
  /** SHA-256 (hex) over kind, version, params, inputs; see `stepKey`. */
  readonly key: string;
  /** Handler name, e.g. `cutout`, `backdrop`, `segment`. */
  readonly kind: string;
  readonly stage: Stage;
  /** Unique in its run and readable: `scene_1 backdrop 9:16`. */
  readonly name: string;
  readonly lane: Lane;
  /** Keys of steps whose results this one reads; they must be in the same submission or succeeded already. */
  readonly deps: readonly string[];
  /** JSON; everything the handler needs besides the results of `deps`. */
  readonly params: unknown;
  /** Attempts per provider for transient errors; default 3. */
  readonly maxAttempts?: number;
  /** Weight of this step in the run's progress, roughly seconds on two cores; default 1. */
  readonly weight?: number;
  /** Of a run's steps that are ready, the lowest starts first; those of equal order, default 0, as they were submitted. */
  readonly order?: number;
  /** It makes something to look at: who watches the run is told its artifacts and data. */
  readonly isShown?: boolean;
}

/** How something was generated: enough to tell where it came from and to make it again. */
export interface GenerationRecord {
  /** Id and content hash of the workflow. */
  readonly workflow: string;
  readonly workflowHash: string;
  /** Ids of the model catalogue. */
  readonly models: readonly string[];
  /** Everything that was put into the workflow: prompts, seed, size. */
  readonly inputs: Readonly<Record<string, string | number | boolean>>;
  /** ComfyUI's version, PyTorch's, and the device's name as the server says them. */
  readonly server: string;
  readonly torch?: string;
  readonly device: string;
  /** How long the server worked on it; 0 when it had done so before. */
  readonly gpuSeconds: number;
  /** What the user owes for it, where it was bought. */
  readonly costUsd?: number;
}

/** What a generation looks like while it is made. */
export interface PreviewImage {
  readonly mime: string;
  readonly bytes: Uint8Array;
}

/** A link of a provider chain gave up. `isPassing`: it was out of reach, so a later run asks it again. */
export interface Fallback {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  /** Of the error; see `nameOfError`. */
  readonly name?: string;
  readonly isPassing?: boolean;
}

/** What a finished step leaves behind. `artifacts` stand in the store before the step counts as succeeded. */
export interface StepOutput {
  readonly artifacts: Readonly<Record<string, AssetRef>>;
  /** JSON. */
  readonly data: unknown;
  readonly provider?: string;
  /** Set when a link of the provider chain gave up and a later one did the work. */
  readonly fallback?: Fallback[];
  readonly costUsd?: number;
  /** By generative models; empty or missing for everything else. */
  readonly generated?: readonly GenerationRecord[];
}

/** What a handler is given. */
export interface StepContext {
  readonly runId: string;
  readonly step: StepSpec;
  readonly attempt: number;
  readonly isLastAttempt: boolean;
  readonly signal: AbortSignal;
  /** Result of a dependency, by key. */
  input(key: string): StepOutput;
  /** 0..1, never goes back; `note` is shown to the user. */
  report(progress: number, note?: string): void;
  /** Shown live to who watches the run; some are left out when they come faster than they can be looked at. */
  preview(image: PreviewImage): void;
}

export type StepHandler = (context: StepContext) => Promise<StepOutput>;

/** A step as a run shows it. */
export interface StepRecord {
  readonly key: string;
  readonly kind: string;
  readonly name: string;
  readonly stage: Stage;
  readonly state: StepState;
  readonly isCacheHit: boolean;
  readonly attempts: number;
  readonly progress: number;
  readonly note?: string;
  readonly startedMs?: number;
  readonly endedMs?: number;
  readonly provider?: string;
  readonly fallback?: StepOutput['fallback'];
  readonly generated?: StepOutput['generated'];
  readonly costUsd: number;
  readonly error?: { readonly code: string; readonly message: string };
}
