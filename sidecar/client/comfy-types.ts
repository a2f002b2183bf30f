/** The face of the client: what is asked of it, and the limits of its waits. */
import type { PreviewFrame } from '#sidecar/protocol/binary-frames.ts';
import type { Graph } from '#sidecar/protocol/graph.ts';
import type { ObjectInfo } from '#sidecar/protocol/object-info.ts';
import type { EngineIdentity } from '#sidecar/protocol/system.ts';
import { CALL_LIMITS } from './calls.ts';
import type { CallLimits } from './calls.ts';
import type { CollectedFile } from './collect.ts';
import type { JobJournal } from './journal.ts';
import { LINK_LIMITS } from './link.ts';
import type { LinkLimits } from './link.ts';
import { TRACKER_LIMITS } from './tracker-types.ts';
import type { TrackerLimits } from './tracker-types.ts';

export interface ClientLimits extends TrackerLimits, CallLimits, LinkLimits {
  readonly tickMs: number;
  readonly downloadIdleMs: number;
  readonly resultMostBytes: number;
  /** A larger preview is not shown. */
  readonly previewMostBytes: number;
}

export const CLIENT_LIMITS: ClientLimits = {
  ...TRACKER_LIMITS, ...CALL_LIMITS, ...LINK_LIMITS,
  tickMs: 250, downloadIdleMs: 30_000, resultMostBytes: 4 * 1024 ** 3, previewMostBytes: 8 * 1024 ** 2,
};

export interface ComfyOptions {
  readonly url: string;
  /** What our own server answers under NONCE_FLAG; without it any ComfyUI will do. */
  readonly nonce?: string;
  readonly journal: JobJournal;
  readonly limits?: Partial<ClientLimits>;
  /** Whether events arrive; jobs come out without them too, later. */
  onLink?(state: 'up' | 'down'): void;
  /** Nothing moves in the engine: the job `key` has been quiet for `quietMs`. A restart helps; the client goes on by itself after it. */
  onStuck?(report: { readonly key: string; readonly quietMs: number }): void;
}

export interface JobRequest {
  /** The same key and graph are the same job, also after a crash. */
  readonly key: string;
  readonly graph: Graph;
  /** Where its files go; this job's own. */
  readonly folder: string;
  readonly mostBytes?: number;
  readonly previewMethod?: 'none' | 'auto' | 'latent2rgb' | 'taesd';
  readonly signal?: AbortSignal;
  /** Looks at a file before the job counts as done; its path is still temporary. */
  verify?(file: CollectedFile): Promise<void>;
  /** The engine has begun with it; again when it has to begin again. */
  onRunning?(): void;
  /** Between 0 and 1, never less than before. */
  onProgress?(value: number): void;
  onPreview?(preview: PreviewFrame): void;
}

export interface ComfyClient {
  /** Resolves when it is known that a usable engine answers. */
  ready(signal?: AbortSignal): Promise<EngineIdentity>;
  /** Resolves with the job's files, checked. Rejects with an AdgenError, or with an AbortError when it was canceled. */
  run(request: JobRequest): Promise<readonly CollectedFile[]>;
  /** The files of a job are in safe hands: drop it from the journal. */
  forget(key: string): Promise<void>;
  /** Gives the GPU's memory back, after the job that runs. */
  free(): Promise<void>;
  /** Every node class of the engine, as it says them. */
  objectInfo(signal?: AbortSignal): Promise<ObjectInfo>;
  /** Resolves with the name under which a graph refers to the file. */
  upload(bytes: Uint8Array<ArrayBuffer>, name: string, group: string, signal?: AbortSignal): Promise<string>;
  /** Stops listening. Jobs are left on the server and in the journal. */
  close(): Promise<void>;
}
