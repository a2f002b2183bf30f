/** The same work asked for by several at once is done once. It goes on as long as one of them waits, and is given up with the last. */
import { canceledError } from '#engine/jobs/canceled-error.ts';

interface Shared<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  waiters: number;
}

/** By key; `signal` gives up this waiter only. */
export type ShareWork<T> = (key: string, signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>) => Promise<T>;

export function createSharedWork<T>(): ShareWork<T> {
  const running = new Map<string, Shared<T>>();

  const begin = (key: string, work: (signal: AbortSignal) => Promise<T>): Shared<T> => {
    const controller = new AbortController();
    const shared: Shared<T> = { controller, waiters: 0, result: work(controller.signal).finally(() => running.get(key) === shared && running.delete(key)) };
    shared.result.catch(() => undefined); // each waiter is told by itself
    running.set(key, shared);
    return shared;
  };

  return async (key, signal, work) => {
    signal?.throwIfAborted();
    const shared = running.get(key) ?? begin(key, work);
    shared.waiters++;
    const given = Promise.withResolvers<never>();
    const giveUp = (): void => given.reject(canceledError());
    signal?.addEventListener('abort', giveUp, { once: true });
    try {
      return await Promise.race([shared.result, given.promise]);
    } finally {
      signal?.removeEventListener('abort', giveUp);
      if (--shared.waiters === 0 && running.get(key) === shared) {
        running.delete(key);
        shared.controller.abort();
      }
    }
  };
}
