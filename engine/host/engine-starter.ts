/**
 * How a host gets an engine in a process of its own, so that a crash of the engine does not take the host down. There is one
 * starter per kind of child process: `node-starter.ts` for a terminal, a test and CI; the desktop shell brings its own.
 * A starter knows nothing of restarts: `supervise-engine.ts` does that with any starter.
 */
import type { SerializedError } from '#core/contract/errors.ts';
import type { SidecarAccess } from '#sidecar/access/types.ts';
import type { HostLinkMessage, HostOffer } from './host-link.ts';
import type { HostTools } from './host-tools.ts';
import type { EngineSidecarMessage, HostSidecarMessage, SidecarOffer } from './sidecar-link.ts';

export interface EngineLaunch {
  readonly dataDir: string;
  /** On 127.0.0.1; 0 = any free one. */
  readonly port: number;
  /** What every caller must show; see `createToken`. */
  readonly token: string;
  /** How often the engine shows that its event loop runs, ms. */
  readonly beatMs: number;
  /** The host's sidecar; it outlives the engine. */
  readonly sidecar?: SidecarAccess;
  /** What the host can do for the engine; missing = nothing. */
  readonly hostTools?: HostTools;
  /** Sentences for the user. */
  onNote(text: string): void;
  onBeat(): void;
}

/** How an engine process ended. */
export interface EngineExit {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** An engine that serves. */
export interface StartedEngine {
  readonly pid: number;
  readonly port: number;
  /** Resolves when the process is gone, however that came; never rejects. */
  readonly exited: Promise<EngineExit>;
  /** Asks it to close and waits; kills it when it takes too long. Does nothing when it is gone. */
  dispose(): Promise<void>;
  /** Ends it at once; finished work is kept by the journal. */
  kill(): void;
}

export interface EngineStarter {
  /** Resolves when the engine serves. Rejects with the engine's own error; no process is left then. */
  start(launch: EngineLaunch): Promise<StartedEngine>;
}

/** From host to engine. A token goes this way because arguments and environment of a process can be read by others. */
export type HostMessage =
  | { readonly type: 'start'; readonly dataDir: string; readonly port: number; readonly token: string; readonly beatMs: number; readonly sidecar?: SidecarOffer; readonly host?: HostOffer }
  | { readonly type: 'close' }
  /** Comes with a port: one end of a channel whose other end a page of the host has. */
  | { readonly type: 'page' }
  | HostSidecarMessage
  | HostLinkMessage;

/** From engine to host. */
export type EngineMessage =
  | { readonly type: 'ready'; readonly port: number }
  | { readonly type: 'failed'; readonly error: SerializedError }
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'beat' }
  | EngineSidecarMessage
  | HostLinkMessage;
