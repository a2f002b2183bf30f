/** Dialogs and windows: handed on to the host, which owns them. */
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';

/** The `desktop` procedures of the contract. */
export function desktopApi({ host }: Pick<ApiTools, 'host'>) {
  return {
    abilities: os.desktop.abilities.handler(({ input, signal }) => host.desktop.abilities(input, { signal })),
    pickFolder: os.desktop.pickFolder.handler(({ input, signal }) => host.desktop.pickFolder(input, { signal })),
    reveal: os.desktop.reveal.handler(({ input, signal }) => host.desktop.reveal(input, { signal })),
    openExternal: os.desktop.openExternal.handler(({ input, signal }) => host.desktop.openExternal(input, { signal })),
  };
}
