import { expect, test } from 'vitest';
import { createSharedWork } from './share-work.ts';

test('the same work is done once, other work by itself', async () => {
  const share = createSharedWork<number>();
  let done = 0;
  const work = async (): Promise<number> => ++done;
  expect(await Promise.all([share('a', undefined, work), share('a', undefined, work), share('b', undefined, work)])).toEqual([1, 1, 2]);
  expect(await share('a', undefined, work)).toBe(3);
});

test('an error reaches everyone who waits', async () => {
  const share = createSharedWork<number>();
  const fail = (): Promise<number> => Promise.reject(new Error('no'));
  const answers = await Promise.allSettled([share('a', undefined, fail), share('a', undefined, fail)]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

test('it goes on while one still waits, and is given up with the last', async () => {
  const share = createSharedWork<string>();
  const finish = Promise.withResolvers<string>();
  let signal: AbortSignal | undefined;
  const work = (given: AbortSignal): Promise<string> => {
    signal = given;
    return finish.promise;
  };
  const [first, second] = [new AbortController(), new AbortController()];
  const waits = [share('a', first.signal, work), share('a', second.signal, work)];
  const refusals = waits.map((wait) => wait.catch((error: Error) => error.name));
  first.abort();
  expect(await refusals[0]).toBe('AbortError');
  expect(signal?.aborted).toBe(false);
  second.abort();
  expect(await refusals[1]).toBe('AbortError');
  expect(signal?.aborted).toBe(true);
  expect(await share('a', undefined, async () => 'anew')).toBe('anew');
});

test('who has given up before asking begins nothing', async () => {
  const share = createSharedWork<number>();
  let isBegun = false;
  await expect(share('a', AbortSignal.abort(), async () => Number((isBegun = true)))).rejects.toThrow();
  expect(isBegun).toBe(false);
});
