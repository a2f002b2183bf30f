/** Which paths the studio may show in the file manager: what exports wrote, what stands beside it, and its own folder. Nothing else that a page might name. */
import { dirname, resolve } from 'node:path';
import type { StudioDb } from '#engine/db/open.ts';
import { readStudioSettings } from '#engine/settings/studio-settings.ts';

export function mayReveal(db: StudioDb, path: string): boolean {
  const whole = resolve(path);
  if (whole !== path) return false; // with `..` or relative: not a path that we have given out
  if (whole === resolve(db.dataDir)) return true;
  const { exportDir } = readStudioSettings(db);
  if (exportDir !== '' && (whole === resolve(exportDir) || dirname(whole) === resolve(exportDir))) return true;
  const written = db.prepare<[], { path: string }>('SELECT path FROM export_orders WHERE path IS NOT NULL').all();
  return written.some((row) => row.path === whole || dirname(row.path) === dirname(whole));
}
