/** The engine whose process is owned here: a supervisor as those who want pictures see it. */
import { engineError } from '#sidecar/protocol/failures.ts';
import { usesTiledVae } from '#sidecar/supervisor/memory-ladder.ts';
import { isAtRest, servingOf } from '#sidecar/supervisor/states.ts';
import type { EngineState } from '#sidecar/supervisor/states.ts';
import type { Supervisor } from '#sidecar/supervisor/supervisor.ts';
import type { SidecarAccess } from './types.ts';
import { unlessAborted } from './unless-aborted.ts';

export function localSidecar(supervisor: Supervisor): SidecarAccess {
  return {
    kind: 'ours',
    needsNetwork: false,
    async connect(signal) {
      signal.throwIfAborted();
      const url = await unlessAborted(supervisor.start().catch(stoppedByUser), signal);
      return { url, ...(supervisor.nonce === undefined ? {} : { nonce: supervisor.nonce }) };
    },
    report: (report) => supervisor.report(report),
    usesTiledVae: () => usesTiledVae(supervisor.history),
    subscribe(listener) {
      let wasServing = servingOf(supervisor.state) !== undefined;
      return supervisor.subscribe({
        onState(state) {
          const isServing = servingOf(state) !== undefined;
          if (wasServing && !isServing) listener.onLost?.(isEnding(state) ? 'The engine was stopped.' : 'The engine is started again.');
          wasServing = isServing;
        },
        onJob: (verdict) => listener.onJob?.(verdict),
      });
    },
  };
}

/** Nobody has asked for another one. */
function isEnding(state: EngineState): boolean {
  return isAtRest(state) || ('next' in state && state.next === 'stopped');
}

/** Who stopped it did not cancel those who wait for it. */
function stoppedByUser(error: Error): never {
  throw error.name === 'AbortError' ? engineError('ENGINE_UNREACHABLE', 'The engine was stopped before it was ready.', { cause: error }) : error;
}
