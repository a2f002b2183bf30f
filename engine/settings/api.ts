/** The `settings` procedures of the contract. */
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { notYet } from '#engine/not-yet.ts';
import { readStudioSettings, writeStudioSettings } from './studio-settings.ts';

/** The `settings` procedures of the contract. */
export function settingsApi({ engine: { db } }: ApiTools) {
  return {
    get: os.settings.get.handler(() => readStudioSettings(db)),
    set: os.settings.set.handler(({ input }) => {
      writeStudioSettings(db, input);
      return readStudioSettings(db);
    }),
    keys: os.settings.keys.handler(() => notYet('settings.keys')),
    setKey: os.settings.setKey.handler(() => notYet('settings.setKey')),
    storage: os.settings.storage.handler(() => notYet('settings.storage')),
    clean: os.settings.clean.handler(() => notYet('settings.clean')),
    diagnostics: os.settings.diagnostics.handler(() => notYet('settings.diagnostics')),
  };
}
