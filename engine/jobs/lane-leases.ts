/**
 * Places in the lanes of one data folder, shared by all processes that work on it: two `adgen make` at once do not double the
 * load. A place is a row; a free one goes to the waiting process that holds fewest, then to the one that has waited longest.
 * A lease is kept from step to step while nobody waits, and for one quantum when somebody does, so that short steps do not
 * spend their time on handing over. All methods but `free` run inside the caller's transaction.
 */
import type { StudioDb } from '../db/open.ts';
import type { ProcessRegistry } from './process-registry.ts';
import type { Lane } from './types.ts';

interface Lease {
  readonly slot: number;
  readonly acquiredMs: number;
  isBusy: boolean;
}

interface OwnedRow {
  readonly owner_id: number;
}

const QUANTUM_MS = 250;

export type LaneLeases = ReturnType<typeof createLaneLeases>;

export function createLaneLeases(db: StudioDb, processes: ProcessRegistry, capacities: Readonly<Record<Lane, number>>, now: () => number) {
  const statements = prepareStatements(db);
  const leases = new Map<Lane, Lease[]>();
  const waiting = new Set<Lane>();
  const ownLeases = (lane: Lane): Lease[] => leases.get(lane) ?? leases.set(lane, []).get(lane) ?? [];

  const dropLease = (lane: Lane, lease: Lease): void => {
    statements.release.run(lane, lease.slot, processes.id);
    leases.set(lane, ownLeases(lane).filter((other) => other !== lease));
  };

  const reuse = (lane: Lane): Lease | undefined => {
    const idle = ownLeases(lane).find((lease) => !lease.isBusy);
    if (idle === undefined) return undefined;
    const isOverdue = Math.abs(now() - idle.acquiredMs) >= QUANTUM_MS;
    if (!isOverdue || listWaiters(lane).length === 0) return idle;
    dropLease(lane, idle);
    return undefined;
  };

  const listWaiters = (lane: Lane) => statements.waiters.all(lane, processes.id).filter((row) => processes.isResponsive(row.owner_id));

  const listTaken = (lane: Lane) =>
    statements.slots.all(lane).filter((row) => {
      if (processes.isResponsive(row.owner_id)) return true;
      statements.release.run(lane, row.slot, row.owner_id);
      return false;
    });

  const compete = (lane: Lane): Lease | undefined => {
    const taken = listTaken(lane);
    const free = capacities[lane] - taken.length;
    if (free <= 0) return undefined;
    const sinceMs = waiting.has(lane) ? (statements.since.get(lane, processes.id)?.since_ms ?? now()) : now();
    const own = { held: countOwned(taken, processes.id), sinceMs };
    const ahead = listWaiters(lane).filter((row) => ranksBefore({ held: countOwned(taken, row.owner_id), sinceMs: row.since_ms }, own));
    if (free <= ahead.length) return undefined;
    const slot = firstFree(taken.map((row) => row.slot));
    statements.acquire.run(lane, slot, processes.id, now());
    if (waiting.has(lane)) statements.wait.run(lane, processes.id, now()); // and now at the end of the line
    const lease = { slot, acquiredMs: now(), isBusy: false };
    ownLeases(lane).push(lease);
    return lease;
  };

  return {
    /** The slot to run the next step in, or undefined when this process has to wait. */
    take: (lane: Lane): number | undefined => {
      const lease = reuse(lane) ?? compete(lane);
      if (lease !== undefined) lease.isBusy = true;
      return lease?.slot;
    },
    /** The step in this slot has ended; the lease is kept until `settle`. */
    free: (lane: Lane, slot: number): void => {
      for (const lease of ownLeases(lane)) if (lease.slot === slot) lease.isBusy = false;
    },
    /** Gives back what is not needed and stands in line (or leaves it). */
    settle: (lane: Lane, isWanting: boolean): void => {
      for (const lease of ownLeases(lane)) if (!lease.isBusy) dropLease(lane, lease);
      if (isWanting === waiting.has(lane)) return;
      if (isWanting) statements.wait.run(lane, processes.id, now());
      else statements.leave.run(lane, processes.id);
      if (isWanting) waiting.add(lane);
      else waiting.delete(lane);
    },
    isWaiting: (): boolean => waiting.size > 0,
    /** Everything of a process that is gone, or of this one at its end. */
    releaseAll: (ownerId: number): void => {
      statements.releaseAll.run(ownerId);
      statements.leaveAll.run(ownerId);
    },
  };
}

function prepareStatements(db: StudioDb) {
  return {
    slots: db.prepare<[Lane], OwnedRow & { slot: number }>('SELECT slot, owner_id FROM lane_slots WHERE lane = ? ORDER BY slot'),
    acquire: db.prepare<[Lane, number, number, number]>('INSERT INTO lane_slots (lane, slot, owner_id, acquired_ms) VALUES (?, ?, ?, ?)'),
    release: db.prepare<[Lane, number, number]>('DELETE FROM lane_slots WHERE lane = ? AND slot = ? AND owner_id = ?'),
    releaseAll: db.prepare<[number]>('DELETE FROM lane_slots WHERE owner_id = ?'),
    waiters: db.prepare<[Lane, number], OwnedRow & { since_ms: number }>('SELECT owner_id, since_ms FROM lane_waiters WHERE lane = ? AND owner_id <> ?'),
    since: db.prepare<[Lane, number], { since_ms: number }>('SELECT since_ms FROM lane_waiters WHERE lane = ? AND owner_id = ?'),
    wait: db.prepare<[Lane, number, number]>('INSERT OR REPLACE INTO lane_waiters (lane, owner_id, since_ms) VALUES (?, ?, ?)'),
    leave: db.prepare<[Lane, number]>('DELETE FROM lane_waiters WHERE lane = ? AND owner_id = ?'),
    leaveAll: db.prepare<[number]>('DELETE FROM lane_waiters WHERE owner_id = ?'),
  };
}

interface Standing {
  readonly held: number;
  readonly sinceMs: number;
}

function ranksBefore(other: Standing, own: Standing): boolean {
  return other.held < own.held || (other.held === own.held && other.sinceMs < own.sinceMs);
}

function countOwned(rows: readonly OwnedRow[], ownerId: number): number {
  return rows.filter((row) => row.owner_id === ownerId).length;
}

function firstFree(taken: readonly number[]): number {
  for (let slot = 0; ; slot++) if (!taken.includes(slot)) return slot;
}
