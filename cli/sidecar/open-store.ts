/** What every command of the sidecar starts with: the folders, and the store of engines in them. */
import { resolve } from 'node:path';
import { defaultDataDir } from '#engine/settings.ts';
import { createEngineStore } from '#sidecar/provision/engine-store.ts';
import type { EngineStore } from '#sidecar/provision/types.ts';
import { sidecarPaths } from '#sidecar/sidecar-paths.ts';
import type { SidecarPaths } from '#sidecar/sidecar-paths.ts';
import type { CommonOptions } from './common-options.ts';

export function pathsOf(options: CommonOptions): SidecarPaths {
  return sidecarPaths(resolve(options.data ?? defaultDataDir()));
}

export function openStore(options: CommonOptions): { readonly paths: SidecarPaths; readonly store: EngineStore } {
  const paths = pathsOf(options);
  return { paths, store: createEngineStore({ folder: paths.engineDir, modelsDir: paths.modelsDir }) };
}
