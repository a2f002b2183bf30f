import { expect, test } from 'vitest';
import { endedSince, glanceAtExport, progressOf } from './run-news.ts';
import type { RunGlance } from './run-news.ts';

const run = (id: string, state: RunGlance['state'], progress = 0, tookMs = 60_000): RunGlance => ({ id, state, progress, projectName: id, startedMs: 1000, endedMs: ['queued', 'running'].includes(state) ? null : 1000 + tookMs });

test('progress is the mean of what is under way; nothing when nothing is', () => {
  expect(progressOf([])).toBeNull();
  expect(progressOf([run('a', 'succeeded', 1)])).toBeNull();
  expect(progressOf([run('a', 'running', 0.5), run('b', 'queued'), run('c', 'failed', 0.9)])).toBe(0.25);
});

test('an export under way counts like a run, from its order on', () => {
  const order = { id: 'x', state: 'running', progress: 0.5, projectName: 'Fizzo', createdMs: 1000, endedMs: null } as const;
  expect(progressOf([run('a', 'running', 0.1), glanceAtExport(order)])).toBe(0.3);
  expect(endedSince([glanceAtExport(order)], [glanceAtExport({ ...order, state: 'succeeded', endedMs: 40_000 })]).map(({ id }) => id)).toEqual(['x']);
  expect(endedSince([glanceAtExport(order)], [glanceAtExport({ ...order, state: 'failed', endedMs: 2000 })])).toEqual([]);
});

test('long runs that ended are news once; short, canceled and older ones are not', () => {
  const before = [run('a', 'running'), run('b', 'queued'), run('c', 'running'), run('d', 'running'), run('e', 'succeeded')];
  const now = [run('a', 'succeeded'), run('b', 'failed'), run('c', 'canceled'), run('d', 'succeeded', 1, 5000), run('e', 'succeeded'), run('f', 'succeeded')];
  expect(endedSince(before, now).map(({ id }) => id)).toEqual(['a', 'b']);
  expect(endedSince(now, now)).toEqual([]);
});
