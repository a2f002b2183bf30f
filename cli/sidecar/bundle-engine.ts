/** `adgen sidecar bundle`: one file from which `install --bundle` needs no network. */
import { dirname, resolve } from 'node:path';
import { checkOutputFolder } from '#engine/exports/check-output-folder.ts';
import { formatBytes } from '#sidecar/provision/space.ts';
import { printNote, printResult } from '../terminal.ts';
import type { CommonOptions } from './common-options.ts';
import { interruptible } from './interruptible.ts';
import { openStore } from './open-store.ts';
import { withProgress } from './show-progress.ts';

export interface BundleOptions extends CommonOptions {
  readonly models?: string;
}

export async function bundleEngine(file: string, options: BundleOptions): Promise<void> {
  const path = resolve(file);
  const modelIds = (options.models ?? '').split(',').map((id) => id.trim()).filter((id) => id !== '');
  await checkOutputFolder(dirname(path));
  const { store } = openStore(options);
  const made = await interruptible('Canceled. Nothing half-made is left; the same command begins the bundle again.', (signal) =>
    withProgress((onProgress) => store.bundle({ file: path, modelIds, signal, onProgress })));
  if (options.json) printResult(JSON.stringify({ file: path, modelIds, ...made }, null, 2));
  else printNote(`${path} holds ${made.files} files, ${formatBytes(made.bytes)}. "adgen sidecar install --bundle FILE" installs from it on a machine like this one.`);
}
