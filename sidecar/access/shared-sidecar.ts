/** An engine that another program of ours owns on this machine, e.g. `adgen sidecar start`: used while it runs, found by its record. */
import { setTimeout as delay } from 'node:timers/promises';
import { engineError } from '#sidecar/protocol/failures.ts';
import { startTokenOf } from '#sidecar/supervisor/process-tree.ts';
import { readRunRecord } from '#sidecar/supervisor/run-record.ts';
import type { RunRecord } from '#sidecar/supervisor/run-record.ts';
import { externalSidecar } from './external-sidecar.ts';
import type { SidecarAccess, SidecarConnection } from './types.ts';

/** How often the record is looked at. */
const WATCH_MS = 500;

/** The record of an engine whose owner lives and is another process; it may still be starting. */
export function findShared(engineDir: string): RunRecord | undefined {
  const record = readRunRecord(engineDir);
  return record !== undefined && record.hostPid !== process.pid && isAlive(record.hostPid, record.hostStartToken) ? record : undefined;
}

/** Its owner starts it again by itself; then it has another port and another nonce, and `onLost` says so. */
export function sharedSidecar(engineDir: string): SidecarAccess {
  const access = externalSidecar(engineDir);
  let owner = findShared(engineDir);
  let used: string | undefined;
  return {
    ...access,
    kind: 'shared',
    needsNetwork: false,
    async connect(signal): Promise<SidecarConnection> {
      for (;;) {
        signal.throwIfAborted();
        const record = findShared(engineDir);
        owner = record ?? owner;
        if (record?.port !== undefined && isAlive(record.pid, record.startToken)) {
          used = record.run;
          return { url: `http://127.0.0.1:${record.port}`, nonce: record.run };
        }
        if (owner === undefined || !isAlive(owner.hostPid, owner.hostStartToken)) throw engineError('ENGINE_UNREACHABLE', 'The program that owned the engine has ended.');
        await delay(WATCH_MS, undefined, { signal });
      }
    },
    subscribe(listener) {
      const timer = setInterval(() => {
        if (used === undefined || findShared(engineDir)?.run === used) return;
        used = undefined;
        listener.onLost?.('The engine was stopped or started again by its owner.');
      }, WATCH_MS).unref();
      const unsubscribe = access.subscribe(listener);
      return () => {
        clearInterval(timer);
        unsubscribe();
      };
    },
  };
}

const isAlive = (pid: number, startToken: string): boolean => startToken !== '' && startTokenOf(pid) === startToken;
