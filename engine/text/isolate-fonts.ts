/**
 * Gives fontconfig (inside sharp) a configuration of ours: without it captions would depend on what a machine has installed and
 * configured, and a machine that has no /etc/fonts would print an error for every process.
 */
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { unpackedPath } from '#core/lib/unpacked-path.ts';

/**
 * Sets FONTCONFIG_FILE for this process unless the user has. Only the main thread can: a worker's `process.env` is a copy that
 * C code does not see. So whoever starts workers that draw text calls this first; without it text is still drawn.
 */
export function isolateFonts(): void {
  if (isMainThread) process.env['FONTCONFIG_FILE'] ??= unpackedPath(fileURLToPath(new URL('./fonts.conf', import.meta.url)));
}
