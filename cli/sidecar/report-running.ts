/** What runs or answers at this moment, as one report: an engine of ours whoever owns it, or the server that is used instead. */
import { AdgenError } from '#core/contract/errors.ts';
import type { StoreStatus } from '#sidecar/provision/types.ts';
import { identify } from '#sidecar/client/ask-server.ts';
import type { ServerFacts } from '#sidecar/client/ask-server.ts';
import { lookAtRun } from '#sidecar/access/look-at-run.ts';
import type { EngineRunState } from '#sidecar/access/look-at-run.ts';

/** What answers, for people and for scripts. */
export interface RunningReport {
  readonly state: EngineRunState['state'] | 'external';
  readonly url?: string;
  readonly pid?: number;
  /** The `adgen` that owns it. */
  readonly hostPid?: number;
  readonly server?: ServerFacts;
  readonly problem?: string;
}

/** Somebody's server is asked too: it may be down. */
export async function reportRunning({ current }: StoreStatus, engineDir: string): Promise<RunningReport> {
  const run = await lookAtRun(engineDir);
  if (run.state !== 'none') {
    const { record: { pid, hostPid }, ...shown } = run;
    return { ...shown, pid, hostPid };
  }
  if (current?.kind !== 'external') return { state: 'none' };
  try {
    return { state: 'external', url: current.url, server: await identify(current.url) };
  } catch (error) {
    if (!(error instanceof AdgenError)) throw error;
    return { state: 'external', url: current.url, problem: error.message };
  }
}
