/** Dialogs and windows: handed on to the host, which owns them. */
import { AdgenError } from '#core/contract/errors.ts';
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { mayReveal } from './may-reveal.ts';

/** The `desktop` procedures of the contract. Without an engine (at the host's end of the line) the engine has decided already what may be shown. */
export function desktopApi({ host, engine }: Pick<ApiTools, 'host'> & Partial<Pick<ApiTools, 'engine'>>) {
  return {
    abilities: os.desktop.abilities.handler(({ input, signal }) => host.desktop.abilities(input, { signal })),
    pickFolder: os.desktop.pickFolder.handler(({ input, signal }) => host.desktop.pickFolder(input, { signal })),
    reveal: os.desktop.reveal.handler(async ({ input, signal }) => {
      if (engine && !mayReveal(engine, input.path)) throw new AdgenError('BAD_INPUT', 'Only files that an export wrote are shown in the file manager.');
      return await host.desktop.reveal(input, { signal });
    }),
    openExternal: os.desktop.openExternal.handler(({ input, signal }) => host.desktop.openExternal(input, { signal })),
  };
}
