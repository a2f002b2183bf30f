/**
 * Scratch files under `<data>/tmp`. Each name carries the process that made it, so what a dead process left behind can be
 * removed at any time while those of a living one stay.
 */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../jobs/process-liveness.ts';
import { ownTempName } from './durable-file.ts';
import { makeFolder } from './make-folder.ts';

/** For a process that cannot be looked up: what was not written to for a day is nobody's. */
const STALE_MS = 24 * 60 * 60_000;

const tempFolder = (dataDir: string): string => join(dataDir, 'tmp');

/** A path in `<data>/tmp` that nobody else uses. Nothing is created. */
export function tempPathIn(dataDir: string, extension = ''): string {
  return join(tempFolder(dataDir), ownTempName(extension));
}

/** Scratch files and folders whose process is gone. */
export function listDeadTempFiles(dataDir: string): { path: string; sizeBytes: number }[] {
  const folder = tempFolder(dataDir);
  makeFolder(folder);
  return readdirSync(folder)
    .map((name) => ({ name, path: join(folder, name), stats: statSync(join(folder, name), { throwIfNoEntry: false }) }))
    .filter(({ name, stats }) => isLeftover(name, stats?.mtimeMs ?? 0))
    .map(({ path, stats }) => ({ path, sizeBytes: stats?.size ?? 0 }));
}

export function removeDeadTempFiles(dataDir: string): void {
  for (const { path } of listDeadTempFiles(dataDir)) rmSync(path, { recursive: true, force: true });
}

function isLeftover(name: string, modifiedMs: number): boolean {
  const match = /^(\d+)-([A-Za-z0-9]+)-\d+_\d+(\.|$)/.exec(name);
  if (match === null) return false;
  return !isAlive({ pid: Number(match[1]), startToken: match[2] === 'x' ? '' : (match[2] ?? '') }, Date.now() - modifiedMs, STALE_MS);
}
