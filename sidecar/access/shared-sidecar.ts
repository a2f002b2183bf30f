/** An engine that another program of ours owns on this machine, e.g. `adgen sidecar start`: used while it runs, found by its record. */
import { setTimeout as delay } from 'node:timers/promises';
import { engineError } from '#sidecar/protocol/failures.ts';
import { startTokenOf } from '#sidecar/supervisor/process-tree.ts';
import { readRunRecord } from '#sidecar/supervisor/run-record.ts';
import type { RunRecord } from '#sidecar/supervisor/run-record.ts';
import type { SidecarAccess, SidecarConnection } from './types.ts';
import { unledServer } from './unled-server.ts';

export interface SharedLimits {
  /** How often the record is looked at. */
  readonly watchMs: number;
  /** How long an owner that lives may be without an engine: more than it waits before it starts one again. */
  readonly absentMs: number;
}

const LIMITS: SharedLimits = { watchMs: 500, absentMs: 60_000 };

/** The record of an engine whose owner lives and is another process; it may still be starting. */
export function findShared(engineDir: string): RunRecord | undefined {
  const record = readRunRecord(engineDir);
  return record !== undefined && record.hostPid !== process.pid && isAlive(record.hostPid, record.hostStartToken) ? record : undefined;
}

/** Its owner starts it again by itself; then it has another port and another nonce, and `onLost` says so. */
export function sharedSidecar(engineDir: string, limits: Partial<SharedLimits> = {}): SidecarAccess {
  const { watchMs, absentMs } = { ...LIMITS, ...limits };
  const common = unledServer();
  let owner = findShared(engineDir);
  let used: string | undefined;
  return {
    ...common,
    kind: 'shared',
    needsNetwork: false,
    async connect(signal): Promise<SidecarConnection> {
      for (let absentSinceMs = performance.now(); ; ) {
        signal.throwIfAborted();
        const record = findShared(engineDir);
        owner = record ?? owner;
        if (record !== undefined && isAlive(record.pid, record.startToken)) {
          if (record.port !== undefined) {
            used = record.run;
            return { url: `http://127.0.0.1:${record.port}`, ...(record.showsRun === false ? {} : { nonce: record.run }) };
          }
          absentSinceMs = performance.now(); // it starts; how long that may take is its owner's business
        }
        if (owner === undefined || !isAlive(owner.hostPid, owner.hostStartToken)) throw engineError('ENGINE_UNREACHABLE', 'The program that owned the engine has ended.', { action: 'Try again.' });
        if (performance.now() - absentSinceMs > absentMs) throw engineError('ENGINE_UNREACHABLE', `The program that owns the engine (process ${owner.hostPid}) has it stopped.`, { action: 'Start the engine there, or close that program.' });
        await delay(watchMs, undefined, { signal });
      }
    },
    subscribe(listener) {
      let told: string | undefined;
      const timer = setInterval(() => {
        if (used === undefined || used === told || findShared(engineDir)?.run === used) return;
        told = used;
        listener.onLost?.('The engine was stopped or started again by its owner.');
      }, watchMs).unref();
      const unsubscribe = common.subscribe(listener);
      return () => {
        clearInterval(timer);
        unsubscribe();
      };
    },
  };
}

const isAlive = (pid: number, startToken: string): boolean => startToken !== '' && startTokenOf(pid) === startToken;
