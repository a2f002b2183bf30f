/** What the shell lends the engine: its own dialogs and keychain, and the sidecar that any host looks after. */
import { join } from 'node:path';
import { createNodeHost } from '#engine/host/node-host-tools.ts';
import type { NodeHost } from '#engine/host/node-host-tools.ts';
import { createDesktopTools } from './desktop-tools.ts';
import { openKeyKeeper } from './keys.ts';

export interface ShellToolsOptions {
  readonly dataDir: string;
  /** What the shell itself keeps. */
  readonly shellFolder: string;
  readonly comfyUrl?: string | undefined;
  onNote(text: string): void;
}

/** Starts nothing. */
export async function openShellTools({ dataDir, shellFolder, comfyUrl, onNote }: ShellToolsOptions): Promise<NodeHost> {
  const keys = openKeyKeeper(join(shellFolder, 'keys.json'));
  return await createNodeHost({ dataDir, onNote, keys, desktop: createDesktopTools(), ...(comfyUrl === undefined ? {} : { fixedUrl: comfyUrl }) });
}
