/**
 * A journal of the children (ffmpeg) that this program has started: one empty file per child in `<data>/tmp/children`, its name
 * says who the child is and who started it. After a `kill -9` of the owner the next start ends what it left running. Only a
 * process that is certainly the one that was started is killed; where that cannot be known (Windows) nothing is.
 */
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { makeFolder } from '../storage/make-folder.ts';
import { isAlive, livenessOf, ownIdentity, type ProcessIdentity } from './process-liveness.ts';

interface ChildEntry {
  readonly path: string;
  readonly child: ProcessIdentity;
  readonly owner: ProcessIdentity;
  readonly threadId: number;
}

/** An entry of an owner that cannot be looked up is dropped after a day; its child is not killed. */
const STALE_MS = 24 * 60 * 60_000;

const folderOf = (dataDir: string): string => join(dataDir, 'tmp', 'children');

/** Call it right after the spawn, with `identityOf(child.pid)`. */
export function registerChild(child: ProcessIdentity, dataDir: string): void {
  makeFolder(folderOf(dataDir));
  writeFileSync(pathOf(child, dataDir), '');
}

/** Call it when the child has exited, from the thread that registered it. */
export function unregisterChild(child: ProcessIdentity, dataDir: string): void {
  rmSync(pathOf(child, dataDir), { force: true });
}

/** Kills the children of dead owners; returns their pids. */
export function reapOrphans(dataDir: string): number[] {
  return reap(dataDir, ({ owner, path }) => !isAlive(owner, Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0), STALE_MS));
}

/** Kills what a terminated thread of this process has left; returns the pids. */
export function reapThreadChildren(dataDir: string, deadThreadId: number): number[] {
  const own = ownIdentity();
  return reap(dataDir, ({ owner, threadId: id }) => id === deadThreadId && owner.pid === own.pid && owner.startToken === own.startToken);
}

function reap(dataDir: string, isOrphan: (entry: ChildEntry) => boolean): number[] {
  const killed: number[] = [];
  for (const entry of listChildren(dataDir).filter((child) => isOrphan(child))) {
    if (entry.child.startToken !== '' && livenessOf(entry.child) === 'alive' && kill(entry.child.pid)) killed.push(entry.child.pid);
    rmSync(entry.path, { force: true });
  }
  return killed;
}

function listChildren(dataDir: string): ChildEntry[] {
  makeFolder(folderOf(dataDir));
  return readdirSync(folderOf(dataDir)).flatMap((name) => {
    const match = /^(\d+)-([A-Za-z0-9]+)_(\d+)-([A-Za-z0-9]+)_(\d+)$/.exec(name);
    if (match === null) return [];
    const [, pid, token, ownerPid, ownerToken, id] = match;
    return [{ path: join(folderOf(dataDir), name), child: identity(pid, token), owner: identity(ownerPid, ownerToken), threadId: Number(id) }];
  });
}

function pathOf(child: ProcessIdentity, dataDir: string): string {
  return join(folderOf(dataDir), `${label(child)}_${label(ownIdentity())}_${threadId}`);
}

function label({ pid, startToken }: ProcessIdentity): string {
  return `${pid}-${startToken === '' ? 'x' : startToken}`;
}

function identity(pid = '0', token = 'x'): ProcessIdentity {
  return { pid: Number(pid), startToken: token === 'x' ? '' : token };
}

function kill(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false; // it ended by itself in this moment
  }
}
