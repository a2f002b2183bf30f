/**
 * What somebody who wants pictures made sees of the sidecar, wherever its process is owned: here (`local-sidecar.ts`), by the host of
 * this process (`engine/host/`), or by nobody of ours (`external-sidecar.ts`).
 */
import type { ClientReport } from '#sidecar/supervisor/supervisor.ts';

/** Where a server answers, and how to know that it is the right one. A restart changes both. */
export interface SidecarConnection {
  readonly url: string;
  /** What our own server shows; missing for somebody else's. */
  readonly nonce?: string;
}

/** For the queue: what becomes of a job that was on board when the engine went down or ran out of memory. */
export interface JobVerdict {
  readonly jobId: string;
  readonly action: 'requeue' | 'hold' | 'ask-smaller';
}

export interface SidecarListener {
  /** The server is gone or another one: look at the access and ask `connect` again. */
  onLost?(reason: string): void;
  onJob?(verdict: JobVerdict): void;
}

export interface SidecarAccess {
  /** Ours to start; another program's of ours, which starts it again by itself; or somebody else's. */
  readonly kind: 'ours' | 'shared' | 'external';
  /** The server is on another machine: never asked in offline mode. */
  readonly needsNetwork: boolean;
  /** There is none at the moment; `onLost` is told when that changes. A host whose user installs, adopts or removes one has such an access. */
  readonly isAbsent?: boolean;
  /** Resolves when a server is ready; starts ours if need be. Rejects with one sentence and one action. */
  connect(signal: AbortSignal): Promise<SidecarConnection>;
  /** What only the client of the server knows. */
  report(report: ClientReport): void;
  /** True when the last memory rung also wants images decoded in tiles. */
  usesTiledVae(): boolean;
  subscribe(listener: SidecarListener): () => void;
}
