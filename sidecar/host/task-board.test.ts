import { describe, expect, test, vi } from 'vitest';
import { AdgenError } from '#core/contract/errors.ts';
import { createTaskBoard } from './task-board.ts';

const forever = (signal: AbortSignal): Promise<never> => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(Object.assign(new Error('aborted'), { name: 'AbortError' }))));

describe('a task', () => {
  test('tells how far it is, never goes back, and ends with its sentence', async () => {
    let now = 0;
    const board = createTaskBoard(() => {}, () => now);
    const steps = Promise.withResolvers<void>();
    const id = board.begin('install', async ({ report }) => {
      report({ fraction: 0.2, label: 'Python', stage: 'python' });
      now = 1000;
      report({ fraction: 0.4 });
      report({ fraction: 0.1 });
      await steps.promise;
      return 'It computes right.';
    });
    await vi.waitFor(() => expect(board.tasks()).toMatchObject([{ id, kind: 'install', state: 'running', fraction: 0.4, label: 'Python', stage: 'python', remainingSeconds: 3 }]));
    steps.resolve();
    await vi.waitFor(() => expect(board.tasks()).toMatchObject([{ state: 'succeeded', fraction: 1, remainingSeconds: null, message: 'It computes right.' }]));
  });

  test('keeps others of its place out, not those of the other', async () => {
    const board = createTaskBoard(() => {});
    const first = board.begin('install', ({ signal }) => forever(signal));
    expect(() => board.begin('uninstall', async () => undefined)).toThrow(expect.objectContaining({ code: 'CONFLICT' }));
    board.begin('pull', ({ signal }) => forever(signal));
    expect([board.isBusy('store'), board.isBusy('models')]).toEqual([true, true]);
    expect([board.cancel(first), board.cancel('unknown')]).toEqual([1, 0]);
    await vi.waitFor(() => expect(board.isBusy('store')).toBe(false));
    expect(board.tasks().map(({ kind, state, message }) => [kind, state, message])).toEqual([['install', 'canceled', null], ['pull', 'running', null]]);
    expect(board.cancel(first)).toBe(0);
    board.begin('repair', async () => undefined);
    expect(board.tasks().map(({ kind }) => kind)).toEqual(['pull', 'repair']);
    await board.close();
  });

  test('that fails says why; one whose cancel came too late has failed all the same', async () => {
    const board = createTaskBoard(() => {});
    board.begin('pull', async () => { throw new AdgenError('DISK_FULL', 'Free 3 GB.'); });
    await vi.waitFor(() => expect(board.tasks()).toMatchObject([{ state: 'failed', message: 'Free 3 GB.' }]));
    const id = board.begin('pull', async ({ signal }) => {
      await forever(signal).catch(() => {});
      throw new AdgenError('DISK_FULL', 'Free 3 GB.');
    });
    await vi.waitFor(() => expect(board.tasks()).toMatchObject([{ state: 'running' }]));
    board.cancel(id);
    await vi.waitFor(() => expect(board.tasks()).toMatchObject([{ state: 'failed', message: 'Free 3 GB.' }]));
  });

  test('offline ends what fetches and nothing else', async () => {
    const board = createTaskBoard(() => {});
    board.begin('uninstall', ({ signal }) => forever(signal));
    board.begin('pull', ({ signal }) => forever(signal));
    board.cancelFetching();
    await vi.waitFor(() => expect(board.tasks().map(({ state }) => state)).toEqual(['running', 'canceled']));
    await board.close();
  });
});
