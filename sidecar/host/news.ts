/** Tells watchers how things are: at once, and again after every change, never more often than the eye can follow. Without watchers nothing is looked at. */
import { setTimeout as delay } from 'node:timers/promises';

const LEAST_MS = 120;
const LOOK_MS = 2500;

export function createNews<T>(read: () => T) {
  const wakers = new Set<() => void>();
  let isClosed = false;
  let version = 0;
  const tell = (): void => {
    version += 1;
    wakers.forEach((wake) => wake());
  };
  return {
    tell,
    /** @param look is called now and then while somebody watches */
    async *watch(look: () => Promise<void>, signal: AbortSignal | undefined): AsyncGenerator<T, void, void> {
      let last = '';
      while (!isClosed && signal?.aborted !== true) {
        const seen = version;
        const now = read();
        const text = JSON.stringify(now);
        if (text !== last) yield now;
        last = text;
        // What was told while the watcher was busy with the last news counts as well.
        if (version !== seen || (await change(wakers, signal))) await delay(LEAST_MS);
        else await look();
      }
    },
    close(): void {
      isClosed = true;
      tell();
    },
  };
}

/** True when something was told; false when it is time to look. */
async function change(wakers: Set<() => void>, signal: AbortSignal | undefined): Promise<boolean> {
  const woken = Promise.withResolvers<boolean>();
  const wake = (): void => woken.resolve(true);
  const timer = setTimeout(() => woken.resolve(false), LOOK_MS);
  wakers.add(wake);
  signal?.addEventListener('abort', wake, { once: true });
  try {
    return await woken.promise;
  } finally {
    clearTimeout(timer);
    wakers.delete(wake);
    signal?.removeEventListener('abort', wake);
  }
}
