import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AdgenError } from '#core/contract/errors.ts';
import type { ProvisionProgress } from '../types.ts';
import { newOperation } from './install.ts';
import { readOperation } from './operation-journal.ts';
import { mayHelp, runStages } from './run-stages.ts';
import type { StageDeeds } from './run-stages.ts';

let folder: string;
let told: ProvisionProgress[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-stages-'));
  told = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const journal = (): string => join(folder, 'op.json');
const run = (deeds: StageDeeds, { done = ['look'], signal = new AbortController().signal }: { done?: readonly ('look' | 'uv' | 'python')[]; signal?: AbortSignal } = {}) =>
  runStages({ ...newOperation('install', 'e1', 'cpu'), done: [...done] }, deeds, { journalPath: journal(), signal, onProgress: (progress) => void told.push(progress) });
const failing = (times: number, error: unknown) => {
  let calls = 0;
  return { count: () => calls, deed: async () => { if (++calls <= times) throw error; } };
};
const passing = new AdgenError('PROVIDER_UNAVAILABLE', 'The line was cut.', { isTransient: true });

describe('stages', () => {
  test('are run in order, and are in the journal while and after they run', async () => {
    const seen: unknown[] = [];
    const look = async (): Promise<void> => void seen.push(await readOperation(journal()));
    const end = await run({ python: look, uv: look, source: look });
    expect(seen).toMatchObject([{ stage: 'uv', done: ['look'] }, { stage: 'python', done: ['look', 'uv'] }, { stage: 'source', done: ['look', 'uv', 'python'], attempt: 1 }]);
    expect(end.done).toEqual(['look', 'uv', 'python', 'source']);
    expect(await readOperation(journal())).toEqual(end);
  });

  test('that are done are not done again', async () => {
    const { count, deed } = failing(0, undefined);
    await run({ uv: deed, python: deed, source: deed }, { done: ['look', 'uv', 'python'] });
    expect(count()).toBe(1);
  });

  test('are tried a second time when that may help, and the journal counts', async () => {
    const { count, deed } = failing(1, passing);
    await run({ uv: deed });
    expect(count()).toBe(2);
    expect(await readOperation(journal())).toMatchObject({ stage: 'uv', attempt: 2 });
    expect(told.map(({ note }) => note)).toContain('The line was cut. Trying once more.');
  });

  test('that fail twice end the operation there', async () => {
    const { count, deed } = failing(2, passing);
    await expect(run({ uv: deed, python: async () => expect.unreachable() })).rejects.toBe(passing);
    expect(count()).toBe(2);
    expect(await readOperation(journal())).toMatchObject({ stage: 'uv', done: ['look'] });
  });

  test('that only the user can mend are not repeated', async () => {
    const { count, deed } = failing(1, new AdgenError('DISK_FULL', 'Full.'));
    await expect(run({ uv: deed })).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(count()).toBe(1);
  });

  test('are not repeated when they were cancelled', async () => {
    const controller = new AbortController();
    let calls = 0;
    const deed = async (): Promise<void> => {
      calls += 1;
      controller.abort();
      throw new Error('cut off');
    };
    await expect(run({ uv: deed }, { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
    expect(calls).toBe(1);
  });

  test('tell a progress that never goes back, from whatever they say', async () => {
    const { deed } = failing(1, passing);
    await run({
      uv: deed,
      packages: async ({ onProgress }) => [0.5, 0.2, 7, -1].forEach((fraction) => onProgress(fraction, 'x')),
      switch: async () => {},
    });
    const fractions = told.map(({ fraction }) => fraction);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.at(-1)).toBeCloseTo(1, 9);
  });
});

test.each([
  [new AdgenError('PROVIDER_UNAVAILABLE', 'x', { isTransient: true }), true],
  [new AdgenError('TOOL_FAILED', 'x'), true],
  [new Error('EIO'), true],
  [new AdgenError('PROVIDER_REJECTED', 'x'), false],
  [new AdgenError('DISK_FULL', 'x'), false],
  [new AdgenError('READ_ONLY', 'x'), false],
  [new AdgenError('BAD_INPUT', 'x'), false],
])('a second try may help against %s: %s', (error, may) => {
  expect(mayHelp(error)).toBe(may);
});

test('a journal that a power cut has damaged is none', async () => {
  await writeFile(journal(), '{"version":1,"op":"inst');
  expect(await readOperation(journal())).toBeUndefined();
});
