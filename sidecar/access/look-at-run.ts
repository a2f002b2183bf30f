/**
 * Whether an engine of ours runs, whoever started it: `run.json` names it, but only a process that is really there, and the same one,
 * counts. Looks, and changes nothing.
 */
import { AdgenError } from '#core/contract/errors.ts';
import { isThere, membersOf, startTokenOf } from '#sidecar/supervisor/process-tree.ts';
import { readRunRecord } from '#sidecar/supervisor/run-record.ts';
import type { RunRecord } from '#sidecar/supervisor/run-record.ts';
import { identify } from '#sidecar/client/ask-server.ts';
import type { ServerFacts } from '#sidecar/client/ask-server.ts';

export type EngineRunState =
  | { readonly state: 'none' }
  /** Its host was killed a moment ago, or its leash has failed. */
  | { readonly state: 'leftover'; readonly record: RunRecord }
  | { readonly state: 'starting'; readonly record: RunRecord }
  | { readonly state: 'ready'; readonly record: RunRecord; readonly url: string; readonly server: ServerFacts }
  | { readonly state: 'not-answering'; readonly record: RunRecord; readonly url: string; readonly problem: string };

export async function lookAtRun(engineDir: string): Promise<EngineRunState> {
  const record = readRunRecord(engineDir);
  if (record === undefined || !isEngineThere(record)) return { state: 'none' };
  if (!isHostThere(record)) return { state: 'leftover', record };
  if (record.port === undefined) return { state: 'starting', record };
  const url = `http://127.0.0.1:${record.port}`;
  try {
    return { state: 'ready', record, url, server: await identify(url, record.showsRun === false ? undefined : record.run) };
  } catch (error) {
    if (!(error instanceof AdgenError)) throw error;
    return { state: 'not-answering', record, url, problem: error.message };
  }
}

/** A process that only waits to be collected is not there any more, though its pid is. */
export const isEngineThere = (record: RunRecord): boolean => membersOf(record).includes(record.pid) && isSame(record.pid, record.startToken);

export const isHostThere = ({ hostPid, hostStartToken }: RunRecord): boolean => isThere(hostPid) && isSame(hostPid, hostStartToken);

/** Where start times are unknown (Windows), the pid alone has to do; who ends a process asks for the nonce as well. */
const isSame = (pid: number, startToken: string): boolean => startToken === '' || startTokenOf(pid) === startToken;
