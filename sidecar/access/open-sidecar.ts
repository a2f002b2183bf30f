/**
 * Which engine a host uses: one that another program of ours has running, else the server or installation that was made current.
 * Nothing is started here; `connect` does that, when somebody wants a picture.
 */
import type { EngineStore } from '#sidecar/provision/types.ts';
import { createSupervisor } from '#sidecar/supervisor/supervisor.ts';
import type { Supervisor, SupervisorOptions } from '#sidecar/supervisor/supervisor.ts';
import { externalSidecar } from './external-sidecar.ts';
import { localSidecar } from './local-sidecar.ts';
import { findShared, sharedSidecar } from './shared-sidecar.ts';
import type { SidecarAccess } from './types.ts';

export interface OpenSidecarOptions {
  readonly engineDir: string;
  readonly store: Pick<EngineStore, 'status' | 'spec'>;
  onNote(text: string): void;
  readonly limits?: SupervisorOptions['limits'];
}

export interface OpenSidecar {
  readonly access: SidecarAccess;
  /** Present when the process would be ours. */
  readonly supervisor?: Supervisor;
  /** Ends what was started here, and waits until it is gone. */
  close(): Promise<void>;
}

/** Undefined when there is no engine to use. */
export async function openSidecar(options: OpenSidecarOptions): Promise<OpenSidecar | undefined> {
  const { engineDir, store, onNote, limits } = options;
  const close = async (): Promise<void> => {};
  if (findShared(engineDir)) return { access: sharedSidecar(engineDir), close };
  const { current } = await store.status();
  if (current?.kind === 'external') return { access: externalSidecar(current.url), close };
  const spec = await store.spec();
  if (spec === undefined) return undefined;
  const supervisor = createSupervisor({ spec, folder: engineDir, ...(limits ? { limits } : {}) });
  supervisor.subscribe({ onNote });
  return { access: localSidecar(supervisor), supervisor, close: () => supervisor.quit() };
}
