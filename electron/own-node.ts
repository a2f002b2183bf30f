/** Which Node runs the small helper programs of installations: Electron's binary cannot (its fuse for that is off), so one comes with the packed program. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app } from 'electron';

/** Names it in `ADGEN_NODE`, which `sidecar/` reads and which the engine inherits. */
export function useOwnNode(): void {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const places = app.isPackaged ? [join(process.resourcesPath, 'node', name)] : ['../node_modules/node/bin', '../../../node_modules/node/bin'].map((place) => fileURLToPath(new URL(`${place}/${name}`, import.meta.url)));
  process.env['ADGEN_NODE'] ??= places.find((path) => existsSync(path));
}
