import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StudioDb } from '../db/open.ts';
import { openTestDb } from '../db/test-db.ts';
import { createLaneLeases, type LaneLeases } from './lane-leases.ts';
import { createProcessRegistry, type ProcessRegistry } from './process-registry.ts';

let db: StudioDb;
let clockMs: number;
const now = (): number => clockMs;

beforeEach(() => {
  db = openTestDb();
  clockMs = 1_000_000;
});
afterEach(async () => await db.close());

/** Two queues on one data folder; that they live in one process makes no difference to the rows. */
function openTwo(cpu: number): [LaneLeases, LaneLeases, ProcessRegistry, ProcessRegistry] {
  const [a, b] = [createProcessRegistry(db, now), createProcessRegistry(db, now)];
  const capacities = { cpu, net: 1, io: 1, gpu: 1 };
  return [createLaneLeases(db, a, capacities, now), createLaneLeases(db, b, capacities, now), a, b];
}

const take = (leases: LaneLeases): number | undefined => db.transaction(() => leases.take('cpu'));
const settle = (leases: LaneLeases, isWanting: boolean): void => db.transaction(() => leases.settle('cpu', isWanting));

describe('places in a lane', () => {
  test('are numbered, limited, and given back', () => {
    const [a, b] = openTwo(2);
    expect([take(a), take(a), take(a), take(b)]).toEqual([0, 1, undefined, undefined]);
    a.free('cpu', 0);
    settle(a, false);
    expect(take(b)).toBe(0);
  });

  test('are kept from step to step while nobody waits', () => {
    const [a] = openTwo(1);
    for (let i = 0; i < 5; i++) {
      clockMs += 10_000;
      expect(take(a)).toBe(0);
      a.free('cpu', 0);
    }
  });

  test('go over to a waiting process one by one, until both hold the same', () => {
    const [a, b] = openTwo(4);
    const held = { a: Array.from({ length: 4 }, () => take(a)), b: [] as number[] };
    settle(a, true);
    expect(take(b)).toBeUndefined();
    settle(b, true);
    for (let turn = 0; turn < 12; turn++) {
      clockMs += 300;
      const slot = held.a.shift();
      if (slot === undefined) break;
      a.free('cpu', slot);
      const again = take(a);
      settle(a, true);
      if (again !== undefined) held.a.push(again);
      const got = take(b);
      settle(b, true);
      if (got !== undefined) held.b.push(got);
    }
    expect([held.a.length, held.b.length]).toEqual([2, 2]);
  });

  test('with one place, processes alternate by quanta and not by steps', () => {
    const [a, b] = openTwo(1);
    const order: string[] = [];
    const step = (name: string, leases: LaneLeases): void => {
      const slot = take(leases);
      if (slot !== undefined) {
        order.push(name);
        clockMs += 100;
        leases.free('cpu', slot);
      }
    };
    for (let turn = 0; turn < 12; turn++) {
      for (const [name, leases] of [['a', a], ['b', b]] as const) {
        step(name, leases);
        step(name, leases);
        step(name, leases);
        settle(leases, true);
      }
    }
    expect(order.join('')).toMatch(/^(aaabbb)+/);
  });

  test('of a process that has gone silent do not count', () => {
    const [a, b, , registry] = openTwo(1);
    take(a);
    settle(a, true);
    clockMs += 20_000;
    registry.beat();
    expect(take(b)).toBe(0);
  });
});
