/** What the shell lends the engine: dialogs, the keychain, and the sidecar that it looks after. */
import type { HostTools } from '#engine/host/host-tools.ts';
import { createPlainHostTools } from '#engine/host/plain-host-tools.ts';
import type { SidecarAccess } from '#sidecar/access/types.ts';
import { createDesktopTools } from './desktop-tools.ts';
import type { ExportedFiles } from './exported-files.ts';
import { openKeyKeeper } from './keys.ts';

export interface ShellTools {
  readonly hostTools: HostTools;
  readonly sidecar?: SidecarAccess;
  /** Ends the sidecar, if it was started here. */
  close(): Promise<void>;
}

export interface ShellToolsOptions {
  readonly dataDir: string;
  readonly keysPath: string;
  readonly comfyUrl?: string | undefined;
  readonly files: ExportedFiles;
  onNote(text: string): void;
}

export async function openShellTools({ keysPath, files }: ShellToolsOptions): Promise<ShellTools> {
  return { hostTools: { ...createPlainHostTools(), desktop: createDesktopTools(files), keys: openKeyKeeper(keysPath) }, close: async () => {} };
}
