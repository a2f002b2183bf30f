/** Where exports go when nobody says otherwise: the folder of the settings, else one in the system's folder for films, else one beside the data. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import type { Engine } from '#engine/main.ts';
import { readStudioSettings } from '#engine/settings/studio-settings.ts';

/** Throws BAD_INPUT for a folder that depends on where the program was started. */
export function exportFolder(wish: string | undefined, { db, services }: Pick<Engine, 'db' | 'services'>): string {
  const chosen = wish?.trim() || readStudioSettings(db).exportDir.trim();
  if (chosen) return expanded(chosen);
  const films = [process.platform === 'darwin' ? 'Movies' : 'Videos'].map((name) => join(homedir(), name)).find((folder) => existsSync(folder));
  return films ? join(films, 'AdGen Studio') : join(services.dataDir, 'exports');
}

function expanded(path: string): string {
  const whole = path === '~' || path.startsWith('~/') || path.startsWith('~\\') ? join(homedir(), path.slice(1)) : path;
  if (!isAbsolute(whole)) throw new AdgenError('BAD_INPUT', `The folder "${path.slice(0, 200)}" is not a whole path. Write it from the root, for example ${join(homedir(), 'Videos')}.`);
  return whole;
}
