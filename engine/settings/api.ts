/** The `settings` procedures of the contract. */
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { notYet } from '#engine/not-yet.ts';

/** The `settings` procedures of the contract. */
export function settingsApi(_tools: ApiTools) {
  return {
    get: os.settings.get.handler(() => notYet('settings.get')),
    set: os.settings.set.handler(() => notYet('settings.set')),
    keys: os.settings.keys.handler(() => notYet('settings.keys')),
    setKey: os.settings.setKey.handler(() => notYet('settings.setKey')),
    storage: os.settings.storage.handler(() => notYet('settings.storage')),
    clean: os.settings.clean.handler(() => notYet('settings.clean')),
    diagnostics: os.settings.diagnostics.handler(() => notYet('settings.diagnostics')),
  };
}
