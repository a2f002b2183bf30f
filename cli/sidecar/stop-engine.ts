/**
 * `adgen sidecar stop`: ends the engine that another `adgen` owns, by ending that one politely; it stops its engine and waits for it.
 * Somebody else's server is never stopped.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { AdgenError } from '#core/contract/errors.ts';
import { DEFAULT_LIMITS } from '#sidecar/supervisor/limits.ts';
import { membersOf } from '#sidecar/supervisor/process-tree.ts';
import { reapLeftover } from '#sidecar/supervisor/run-record.ts';
import type { RunRecord } from '#sidecar/supervisor/run-record.ts';
import { printNote, printResult } from '../terminal.ts';
import type { CommonOptions } from './common-options.ts';
import { isEngineThere, isHostThere, lookAtRun } from '#sidecar/access/look-at-run.ts';
import type { EngineRunState } from '#sidecar/access/look-at-run.ts';
import { openStore } from './open-store.ts';

export interface StopOptions extends CommonOptions {
  readonly force?: boolean;
}

/** More than the whole stop sequence of a host takes. */
const PATIENCE_MS = DEFAULT_LIMITS.askMs + DEFAULT_LIMITS.terminateMs + DEFAULT_LIMITS.goneMs + 4000;
const LOOK_AGAIN_MS = 50;

export async function stopEngine(options: StopOptions): Promise<void> {
  const { paths, store } = openStore(options);
  const { current } = await store.status();
  const run = await lookAtRun(paths.engineDir);
  if (run.state !== 'none') await endRun(run, paths.engineDir, options.force ?? false);
  const isExternal = current?.kind === 'external';
  const outcome = run.state !== 'none' ? 'stopped' : isExternal ? 'external' : 'not-running';
  if (options.json) return printResult(JSON.stringify({ outcome, ...(run.state === 'none' ? {} : { pid: run.record.pid, hostPid: run.record.hostPid }), ...(isExternal ? { url: current.url } : {}) }, null, 2));
  if (run.state !== 'none') printNote(`The engine is stopped (process ${run.record.pid}, of adgen ${run.record.hostPid}).`);
  else printNote(isExternal ? `The server at ${current.url} is somebody else's; it is left alone.` : 'No engine is running.');
}

async function endRun(run: Exclude<EngineRunState, { state: 'none' }>, engineDir: string, isForced: boolean): Promise<void> {
  if (run.state === 'leftover') await reapLeftover(engineDir, DEFAULT_LIMITS.httpMs);
  else endHost(run, isForced);
  await untilGone(run.record);
}

/** Where the start time of a process is unknown, only the nonce proves that the record is not of an earlier day. */
function endHost({ state, record }: Exclude<EngineRunState, { state: 'none' }>, isForced: boolean): void {
  if (record.hostStartToken === '' && state !== 'ready') throw new AdgenError('CONFLICT', `It cannot be proved that process ${record.hostPid} is the adgen that runs the engine. End it yourself.`);
  try {
    process.kill(record.hostPid, isForced ? 'SIGKILL' : 'SIGTERM');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EPERM') throw new AdgenError('READ_ONLY', `The engine belongs to another user (process ${record.hostPid}). Ask them to stop it.`, { cause: error });
    if (code !== 'ESRCH') throw error; // it ended by itself in this moment
  }
}

async function untilGone(record: RunRecord): Promise<void> {
  for (const endMs = performance.now() + PATIENCE_MS; isHostThere(record) || isEngineThere(record) || membersOf(record).length > 0; await delay(LOOK_AGAIN_MS)) {
    if (performance.now() > endMs) throw new AdgenError('TOOL_FAILED', `The adgen that runs the engine (process ${record.hostPid}) did not end within ${PATIENCE_MS / 1000} s. "adgen sidecar stop --force" ends it at once.`);
  }
}
