import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LaneSchedule } from './lane-schedule.ts';

interface Item {
  readonly runId: string;
  readonly position: number;
}

function takeAll(schedule: LaneSchedule<Item>): string[] {
  const order: string[] = [];
  for (let item = schedule.take('cpu'); item !== undefined; item = schedule.take('cpu')) order.push(`${item.runId}${item.position}`);
  return order;
}

test('runs take turns, and in a run the lowest position goes first', () => {
  const schedule = new LaneSchedule<Item>();
  for (const position of [3, 0, 2, 1]) schedule.push('cpu', { runId: 'a', position });
  for (const position of [1, 0]) schedule.push('cpu', { runId: 'b', position });
  schedule.push('net', { runId: 'c', position: 0 });
  expect(takeAll(schedule)).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'a3']);
  expect([schedule.has('cpu'), schedule.has('net')]).toEqual([false, true]);
});

test('what is put back is next again', () => {
  const schedule = new LaneSchedule<Item>();
  for (const runId of ['a', 'b']) for (const position of [0, 1]) schedule.push('cpu', { runId, position });
  const item = schedule.take('cpu');
  if (item !== undefined) schedule.putBack('cpu', item);
  expect(takeAll(schedule)).toEqual(['a0', 'b0', 'a1', 'b1']);
});

test('gives back everything, each run in order', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ runId: fc.constantFrom('a', 'b', 'c'), position: fc.nat(50) })), (items) => {
      const schedule = new LaneSchedule<Item>();
      for (const item of items) schedule.push('cpu', item);
      const order = takeAll(schedule);
      expect(order.toSorted()).toEqual(items.map(({ runId, position }) => `${runId}${position}`).toSorted());
      for (const runId of ['a', 'b', 'c']) {
        const own = order.filter((name) => name.startsWith(runId)).map((name) => Number(name.slice(1)));
        expect(own).toEqual(own.toSorted((x, y) => x - y));
      }
    }),
  );
});
