/**
 * The processes that have a queue open on one data folder, as rows with a heartbeat. Everything that is owned (runs, running
 * steps, lane slots) names such a row, so "is its owner still there?" has one answer.
 */
import type { StudioDb } from '../db/open.ts';
import { HEARTBEAT_STALE_MS, isAlive, ownIdentity } from './process-liveness.ts';

interface ProcessRow {
  readonly id: number;
  readonly pid: number;
  readonly start_token: string;
  readonly heartbeat_ms: number;
}

/** Looking a process up costs a system call; an answer this young is used again. */
const CACHE_MS = 200;

export type ProcessRegistry = ReturnType<typeof createProcessRegistry>;

export function createProcessRegistry(db: StudioDb, now: () => number) {
  const insert = db.prepare<[number | null, number, string, number, number]>(
    'INSERT INTO processes (id, pid, start_token, started_ms, heartbeat_ms) VALUES (?, ?, ?, ?, ?)',
  );
  const update = db.prepare<[number, number]>('UPDATE processes SET heartbeat_ms = ? WHERE id = ?');
  const remove = db.prepare<[number]>('DELETE FROM processes WHERE id = ?');
  const find = db.prepare<[number], ProcessRow>('SELECT * FROM processes WHERE id = ?');
  const all = db.prepare<[], ProcessRow>('SELECT * FROM processes');
  const identity = ownIdentity();
  const startedMs = now();
  const id = Number(db.transaction(() => insert.run(null, identity.pid, identity.startToken, startedMs, startedMs)).lastInsertRowid);
  const known = new Map<number, { atMs: number; isAlive: boolean; isResponsive: boolean }>();

  const look = (ownerId: number): { isAlive: boolean; isResponsive: boolean } => {
    if (ownerId === id) return { isAlive: true, isResponsive: true };
    const cached = known.get(ownerId);
    if (cached !== undefined && Math.abs(now() - cached.atMs) < CACHE_MS) return cached;
    const row = find.get(ownerId);
    const ageMs = row === undefined ? Infinity : now() - row.heartbeat_ms;
    const isThere = row !== undefined && isAlive({ pid: row.pid, startToken: row.start_token }, ageMs);
    const answer = { atMs: now(), isAlive: isThere, isResponsive: isThere && ageMs < HEARTBEAT_STALE_MS };
    known.set(ownerId, answer);
    return answer;
  };

  return {
    id,
    identity,
    /** The process is there, though perhaps stopped. */
    isAlive: (ownerId: number): boolean => look(ownerId).isAlive,
    /** It is there and its heart beats: a stopped process does not hold up the others. */
    isResponsive: (ownerId: number): boolean => look(ownerId).isResponsive,
    /** Rows of processes that are gone, as of now. */
    listDead: (): number[] => {
      known.clear();
      return all.all().map((row) => row.id).filter((ownerId) => !look(ownerId).isAlive);
    },
    forget: (ownerId: number): void => void remove.run(ownerId),
    beat: (): void => {
      // Another process took a long silence for our end: the row is made again under the same id.
      if (update.run(now(), id).changes === 0) insert.run(id, identity.pid, identity.startToken, startedMs, now());
    },
  };
}
