import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LaneSchedule } from './lane-schedule.ts';

interface Item {
  readonly runId: string;
  readonly spec: { readonly order?: number };
  readonly position: number;
}

function item(runId: string, position: number, order?: number): Item {
  return { runId, position, spec: order === undefined ? {} : { order } };
}

function takeAll(schedule: LaneSchedule<Item>): string[] {
  const order: string[] = [];
  for (let taken = schedule.take('cpu'); taken !== undefined; taken = schedule.take('cpu')) order.push(`${taken.runId}${taken.position}`);
  return order;
}

test('runs take turns, and in a run the lowest position goes first', () => {
  const schedule = new LaneSchedule<Item>();
  for (const position of [3, 0, 2, 1]) schedule.push('cpu', item('a', position));
  for (const position of [1, 0]) schedule.push('cpu', item('b', position));
  schedule.push('net', item('c', 0));
  expect(takeAll(schedule)).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'a3']);
  expect([schedule.has('cpu'), schedule.has('net')]).toEqual([false, true]);
});

test('a lower order goes before a lower position; without one it is 0', () => {
  const schedule = new LaneSchedule<Item>();
  for (const [position, order] of [[0, 2], [1, 1], [2, 2], [3, 1], [4, undefined]] as const) schedule.push('cpu', item('a', position, order));
  expect(takeAll(schedule)).toEqual(['a4', 'a1', 'a3', 'a0', 'a2']);
});

test('what is put back is next again', () => {
  const schedule = new LaneSchedule<Item>();
  for (const runId of ['a', 'b']) for (const position of [0, 1]) schedule.push('cpu', item(runId, position));
  const taken = schedule.take('cpu');
  if (taken !== undefined) schedule.putBack('cpu', taken);
  expect(takeAll(schedule)).toEqual(['a0', 'b0', 'a1', 'b1']);
});

test('gives back everything, each run in order', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ runId: fc.constantFrom('a', 'b', 'c'), order: fc.nat(3) })), (wanted) => {
      const items = wanted.map(({ runId, order }, position) => item(runId, position, order));
      const schedule = new LaneSchedule<Item>();
      for (const each of items) schedule.push('cpu', each);
      const order = takeAll(schedule);
      expect(order).toHaveLength(items.length);
      for (const runId of ['a', 'b', 'c']) {
        const own = items.filter((each) => each.runId === runId).toSorted((x, y) => (x.spec.order ?? 0) - (y.spec.order ?? 0));
        expect(order.filter((name) => name.startsWith(runId))).toEqual(own.map(({ position }) => `${runId}${position}`));
      }
    }),
  );
});
