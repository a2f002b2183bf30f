/** The `settings` procedures of the contract. */
import { AdgenError } from '#core/contract/errors.ts';
import { KEY_NAMES } from '#core/contract/settings.ts';
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { readSettings } from '#engine/settings.ts';
import { applyRetention, planRetention } from '#engine/storage/retention.ts';
import { applySettings, planEndpointOf } from './apply-settings.ts';
import { checkChange } from './check-change.ts';
import { writeDiagnostics } from './diagnostics.ts';
import { readStorageUse } from './storage-use.ts';
import { readStudioSettings, writeStudioSettings } from './studio-settings.ts';
import { testPlan } from './test-plan.ts';

/** Changes of these take effect in providers or in the host. */
const LIVE = ['isOffline', 'planUrl', 'planModel'] as const;

/** The `settings` procedures of the contract. */
export function settingsApi({ engine, host }: Pick<ApiTools, 'engine' | 'host'>) {
  const { db, services } = engine;
  return {
    get: os.settings.get.handler(() => readStudioSettings(db)),
    set: os.settings.set.handler(async ({ input }) => {
      const change = await checkChange(input);
      writeStudioSettings(db, change);
      if (LIVE.some((name) => change[name] !== undefined)) await applySettings(engine, host);
      return readStudioSettings(db);
    }),
    keys: os.settings.keys.handler(async () => ({
      keeper: host.keys.kind,
      keys: await Promise.all(KEY_NAMES.map(async (name) => {
        const origin = await host.keys.origin(name);
        return { name, origin, isSet: origin !== 'none' };
      })),
    })),
    setKey: os.settings.setKey.handler(async ({ input: { name, value } }) => {
      await host.keys.write(name, checkKey(value));
      await applySettings(engine, host);
      return { isSet: (await host.keys.origin(name)) !== 'none' };
    }),
    testPlan: os.settings.testPlan.handler(async ({ input, signal }) => {
      const asked = { ...readStudioSettings(db), ...(await checkChange(input)) };
      const endpoint = planEndpointOf(asked, (await readSettings(services.dataDir)).planEndpoint, await host.keys.read('openai'));
      if (endpoint === undefined) return { works: false, message: 'Enter an OpenAI key, or the address of a server.', models: [] };
      return await testPlan(endpoint, signal);
    }),
    storage: os.settings.storage.handler(() => readStorageUse(services.dataDir)),
    clean: os.settings.clean.handler(async ({ input: { isDryRun } }) => {
      const plan = await planRetention({ db, store: services.store, maxAgeDays: readStudioSettings(db).keepRunsDays });
      const { items, bytes } = isDryRun ? plan : await applyRetention(plan, { db, store: services.store });
      return { files: items.length, bytes };
    }),
    diagnostics: os.settings.diagnostics.handler(() => writeDiagnostics({ engine, host })),
  };
}

/** Empty = forget it. */
function checkKey(value: string): string {
  const key = value.trim();
  if (key === '' || /^[\x21-\x7e]{8,}$/.test(key)) return key;
  throw new AdgenError('BAD_INPUT', 'This cannot be a key: keys have at least eight letters, digits and signs, and no spaces. Copy it once more from the page of the service.');
}
