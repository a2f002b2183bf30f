import { expect, test } from 'vitest';
import { unlessAborted } from './unless-aborted.ts';

test('hands on what the work came to', async () => {
  const { signal } = new AbortController();
  expect(await unlessAborted(Promise.resolve(1), signal)).toBe(1);
  await expect(unlessAborted(Promise.reject(new Error('x')), signal)).rejects.toThrow('x');
});

test('stops waiting at an abort, before or after it began; the work goes on', async () => {
  const abort = new AbortController();
  const work = Promise.withResolvers<number>();
  const waiting = unlessAborted(work.promise, abort.signal);
  abort.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  await expect(unlessAborted(work.promise, abort.signal)).rejects.toThrow('enough');
  work.resolve(2);
  expect(await work.promise).toBe(2);
});
