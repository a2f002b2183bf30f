import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTokenOf } from '#sidecar/supervisor/process-tree.ts';
import { lockOwner, withProcessLock } from './process-lock.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
  path = join(folder, 'lock');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const what = 'The engine is being installed';
const writeLock = (pid: number, startToken: string): Promise<void> => writeFile(path, JSON.stringify({ pid, startToken }));
/** A pid that no process has any more. */
const gonePid = (): number => Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));

test('is held while the work goes on, and given back however it ends', async () => {
  expect(await withProcessLock(path, { what }, async () => (await lockOwner(path))?.pid)).toBe(process.pid);
  await expect(withProcessLock(path, { what }, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  expect(await readdir(folder)).toEqual([]);
});

test('a living owner is named', async () => {
  await withProcessLock(path, { what }, async () => {
    await expect(withProcessLock(path, { what }, async () => 1)).rejects.toMatchObject({ code: 'CONFLICT', message: `The engine is being installed by another process (${process.pid}). Wait until it has finished, then start it again.` });
  });
});

test('a living owner can be waited for', async () => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const first = withProcessLock(path, { what }, () => held);
  await expect.poll(() => existsSync(path)).toBe(true);
  const second = withProcessLock(path, { what, waitMs: 60_000 }, async () => 'second');
  release();
  await first;
  expect(await second).toBe('second');
});

test('waiting can be canceled', async () => {
  const controller = new AbortController();
  await withProcessLock(path, { what }, async () => {
    const second = withProcessLock(path, { what, waitMs: 60_000, signal: controller.signal }, async () => 1);
    controller.abort();
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('is taken over', () => {
  test('from a process that is gone', async () => {
    await writeLock(gonePid(), '1');
    expect(await lockOwner(path)).toBeUndefined();
    expect(await withProcessLock(path, { what }, async () => (await lockOwner(path))?.pid)).toBe(process.pid);
  });

  test.skipIf(process.platform === 'win32')('from an earlier process with the pid of a living one', async () => {
    await writeLock(process.pid, `${startTokenOf(process.pid)}0`);
    expect(await withProcessLock(path, { what }, async () => 'mine')).toBe('mine');
  });

  test('by one of many who find it at the same time', async () => {
    await writeLock(gonePid(), '1');
    let inside = 0;
    const most: number[] = [];
    await Promise.all(Array.from({ length: 8 }, () => withProcessLock(path, { what, waitMs: 60_000 }, async () => {
      inside += 1;
      most.push(inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    })));
    expect(most).toEqual(Array.from({ length: 8 }, () => 1));
    expect(await readdir(folder)).toEqual([]);
  });

  test('when it was left half-written long ago, but not when it is being written', async () => {
    await writeFile(path, '{"pid"');
    await expect(withProcessLock(path, { what }, async () => 1)).rejects.toMatchObject({ code: 'CONFLICT' });
    await utimes(path, new Date(0), new Date(0));
    expect(await withProcessLock(path, { what }, async () => 'mine')).toBe('mine');
  });

  test('when somebody else\'s attempt to take it over was cut off', async () => {
    await writeLock(gonePid(), '1');
    await writeFile(`${path}.takeover`, JSON.stringify({ pid: gonePid(), startToken: '1' }));
    expect(await withProcessLock(path, { what }, async () => 'mine')).toBe('mine');
  });
});
