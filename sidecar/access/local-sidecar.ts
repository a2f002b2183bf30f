/** The engine whose process is owned here: a supervisor as those who want pictures see it. */
import { unlessAborted } from './unless-aborted.ts';
import { usesTiledVae } from '#sidecar/supervisor/memory-ladder.ts';
import { isAtRest, servingOf } from '#sidecar/supervisor/states.ts';
import type { Supervisor } from '#sidecar/supervisor/supervisor.ts';
import type { SidecarAccess } from './types.ts';

export function localSidecar(supervisor: Supervisor): SidecarAccess {
  return {
    kind: 'ours',
    needsNetwork: false,
    async connect(signal) {
      signal.throwIfAborted();
      const url = await unlessAborted(supervisor.start(), signal);
      return { url, ...(supervisor.nonce === undefined ? {} : { nonce: supervisor.nonce }) };
    },
    report: (report) => supervisor.report(report),
    usesTiledVae: () => usesTiledVae(supervisor.history),
    subscribe(listener) {
      let wasServing = servingOf(supervisor.state) !== undefined;
      return supervisor.subscribe({
        onState(state) {
          const isServing = servingOf(state) !== undefined;
          if (wasServing && !isServing) listener.onLost?.(isAtRest(state) ? 'The engine was stopped.' : 'The engine is started again.');
          wasServing = isServing;
        },
        onJob: (verdict) => listener.onJob?.(verdict),
      });
    },
  };
}
