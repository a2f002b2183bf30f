/**
 * Who has the database open, as files beside it (`<data>/open/<pid>-<start token>-<thread>_<n>`): they can be read when the database
 * cannot. A marker of a dead process means that the last shutdown was not clean. Written and read under the opening lock;
 * touched every few seconds, for systems where a process of another container cannot be looked up.
 */
import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, type ProcessIdentity } from '../jobs/process-liveness.ts';
import { ownTempName } from '../storage/durable-file.ts';
import { makeFolder } from '../storage/make-folder.ts';

const TOUCH_MS = 4000;

export interface OpenMarkers {
  readonly living: readonly ProcessIdentity[];
  readonly deadPaths: readonly string[];
}

export function readOpenMarkers(dataDir: string): OpenMarkers {
  const folder = join(dataDir, 'open');
  makeFolder(folder);
  const living: ProcessIdentity[] = [];
  const deadPaths: string[] = [];
  for (const name of readdirSync(folder)) {
    const match = /^(\d+)-([A-Za-z0-9]+)-\d+_\d+$/.exec(name);
    const identity = match === null ? undefined : { pid: Number(match[1]), startToken: match[2] === 'x' ? '' : (match[2] ?? '') };
    const path = join(folder, name);
    const touchedMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (identity !== undefined && isAlive(identity, Date.now() - touchedMs)) living.push(identity);
    else deadPaths.push(path);
  }
  return { living, deadPaths };
}

/** Says that this process has the database open until `remove` (a clean close) or `abandon` (the next start shall check the file). */
export function writeOpenMarker(dataDir: string): { remove(): void; abandon(): void } {
  const path = join(dataDir, 'open', ownTempName());
  writeFileSync(path, '');
  const timer = setInterval(() => touch(path), TOUCH_MS).unref();
  return {
    remove: () => {
      clearInterval(timer);
      rmSync(path, { force: true });
    },
    abandon: () => clearInterval(timer),
  };
}

export function removeMarkers(paths: readonly string[]): void {
  for (const path of paths) rmSync(path, { force: true });
}

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // The folder was removed under us; the next statement on the database says so.
  }
}
