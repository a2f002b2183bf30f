/**
 * What a host in a terminal or a desktop shell does for the engine: the sidecar with its process, keys, and what of dialogs there is. The
 * desktop shell brings its own dialogs and keys; the rest is the same.
 */
import type { SidecarAccess } from '#sidecar/access/types.ts';
import { createSidecarHost } from '#sidecar/host/sidecar-host.ts';
import type { SidecarHostOptions } from '#sidecar/host/sidecar-host.ts';
import { hubFrom } from '#sidecar/models/hub.ts';
import type { HostTools, KeyKeeper } from './host-tools.ts';
import { listWorkflows, withUses } from './list-workflows.ts';
import { hasDesktop, openPage, revealFile } from './open-outside.ts';
import { createSessionKeys } from './session-keys.ts';

export interface NodeHostOptions extends Omit<SidecarHostOptions, 'hub'> {
  readonly keys?: KeyKeeper;
  /** What a window can do that a terminal cannot. */
  readonly desktop?: HostTools['desktop'];
}

/** A host's tools and what else it owns. */
export interface NodeHost {
  readonly tools: HostTools;
  /** For every engine that this host starts. */
  readonly sidecar: SidecarAccess;
  /** Ends the sidecar and all work on it. */
  close(): Promise<void>;
}

/** Starts nothing. */
export async function createNodeHost(options: NodeHostOptions): Promise<NodeHost> {
  const keys = options.keys ?? createSessionKeys();
  const sidecar = await createSidecarHost({
    ...options,
    async hub() {
      const token = await keys.read('huggingface');
      return { ...hubFrom(process.env), ...(token ? { token } : {}) };
    },
  });
  const { procedures } = sidecar;
  return {
    sidecar: sidecar.access,
    tools: {
      desktop: options.desktop ?? browserDesktop(),
      keys,
      sidecar: {
        ...procedures,
        models: async () => await withUses(await procedures.models(), sidecar.paths.workflowsDir),
        async workflows() {
          const [models, { origin, state }] = await Promise.all([procedures.models(), procedures.status()]);
          const isUp = state === 'running' || state === 'busy' || state === 'external';
          return await listWorkflows({ workflowsDir: sidecar.paths.workflowsDir, models, server: isUp ? sidecar.addressNow() : undefined, hasEngine: origin !== 'none' });
        },
      },
      setOffline: async (isOffline) => sidecar.setOffline(isOffline),
    },
    close: () => sidecar.close(),
  };
}

/** A page in a browser picks no folders; files are shown where this machine has a desktop. */
function browserDesktop(): HostTools['desktop'] {
  const canReveal = hasDesktop();
  return {
    abilities: async () => ({ kind: 'browser', canPick: false, canReveal, canDragOut: false, canNotify: false, platform: process.platform }),
    pickFolder: async () => ({ path: null }),
    reveal: async ({ path }) => ({ done: canReveal && (await revealFile(path)) }),
    openExternal: async ({ url }) => ({ done: canReveal && (await openPage(url)) }),
  };
}
