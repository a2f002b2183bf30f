/** One access for as long as a host lives, though its user installs, adopts and removes engines: it is whichever was switched to last. */
import { engineError } from '#sidecar/protocol/failures.ts';
import type { SidecarAccess, SidecarListener } from './types.ts';

export interface SwitchableSidecar {
  readonly access: SidecarAccess;
  /** Undefined = there is none now. Those who use the access are told. */
  switchTo(next: SidecarAccess | undefined): void;
}

export function createSwitchableSidecar(first: SidecarAccess | undefined): SwitchableSidecar {
  const listeners = new Set<SidecarListener>();
  let current: SidecarAccess | undefined;
  let unsubscribe = (): void => {};
  const take = (next: SidecarAccess | undefined): void => {
    unsubscribe();
    current = next;
    unsubscribe = next?.subscribe({
      onLost: (reason) => listeners.forEach((listener) => listener.onLost?.(reason)),
      onJob: (verdict) => listeners.forEach((listener) => listener.onJob?.(verdict)),
    }) ?? (() => {});
  };
  take(first);
  return {
    access: {
      get kind() {
        return current?.kind ?? 'external';
      },
      get needsNetwork() {
        return current?.needsNetwork ?? false;
      },
      get isAbsent() {
        return current === undefined;
      },
      async connect(signal) {
        if (current === undefined) throw engineError('ENGINE_UNREACHABLE', 'No ComfyUI is set up.', { action: 'Set one up in the settings.' });
        return await current.connect(signal);
      },
      report: (report) => current?.report(report),
      usesTiledVae: () => current?.usesTiledVae() ?? false,
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    switchTo(next) {
      take(next);
      listeners.forEach((listener) => listener.onLost?.('Another ComfyUI is used now.'));
    },
  };
}
