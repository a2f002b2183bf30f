/** The preload script as it is packed: bundled from `electron/preload.ts` by the packer's own code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const shared = globalThis as { adgenPreloadFolder?: string };

/** @param folder where `bundlePreload` has put it */
export function usePreloadFrom(folder: string): void {
  shared.adgenPreloadFolder = folder;
}

/** @param path what the shell asks for: beside its own scripts, where the bundle has it */
export function preloadScript(path: string): string {
  if (!/electron[\\/]preload\.cjs$/.test(path)) throw new Error(`The preload script ${path} is not part of the bundle.`);
  return readFileSync(join(shared.adgenPreloadFolder ?? '', 'electron', 'preload.cjs'), 'utf8');
}
