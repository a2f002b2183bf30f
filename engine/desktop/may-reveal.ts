/** Which paths the studio may show in the file manager: what exports wrote, what stands beside it, where they go, and its own folder. Nothing else that a page might name. */
import { dirname, resolve } from 'node:path';
import { exportFolder } from '#engine/exports/export-folder.ts';
import type { Engine } from '#engine/main.ts';

export function mayReveal(engine: Pick<Engine, 'db' | 'services'>, path: string): boolean {
  const { db } = engine;
  const whole = resolve(path);
  if (whole !== path) return false; // with `..` or relative: not a path that we have given out
  if (whole === resolve(db.dataDir)) return true;
  const folder = resolve(exportFolder(undefined, engine));
  if (whole === folder || dirname(whole) === folder) return true;
  const written = db.prepare<[], { path: string }>('SELECT path FROM export_orders WHERE path IS NOT NULL').all();
  return written.some((row) => row.path === whole || dirname(row.path) === dirname(whole));
}
