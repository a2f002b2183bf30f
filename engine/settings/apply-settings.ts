/** Brings settings and keys to where they count, at once: the providers of this process, and the host, which fetches models. */
import type { Engine } from '#engine/main.ts';
import type { HostTools, KeyName } from '#engine/host/host-tools.ts';
import type { EngineSettings } from '#engine/settings.ts';
import { readSettings } from '#engine/settings.ts';
import type { ProviderSettings } from '#engine/providers/live-providers.ts';
import { readStudioSettings } from './studio-settings.ts';
import type { StudioSettings } from './studio-settings.ts';

const DEFAULT_MODEL = 'gpt-4o-mini';

/** A host that does not answer holds nobody up: its keys count as missing, and it is told again at the next change. */
export async function applySettings(engine: Pick<Engine, 'db' | 'services' | 'configure'>, host: Pick<HostTools, 'keys' | 'setOffline'>): Promise<void> {
  const studio = readStudioSettings(engine.db);
  const environment = await readSettings(engine.services.dataDir);
  const [openai, replicate] = await Promise.all([readKey(host, 'openai'), readKey(host, 'replicate'), host.setOffline(studio.isOffline).catch(() => {})]);
  const planEndpoint = planEndpointOf(studio, environment.planEndpoint, openai);
  const settings: ProviderSettings = { ...(planEndpoint ? { planEndpoint } : {}), ...(replicate ? { replicateKey: replicate } : {}) };
  await engine.configure(settings);
}

async function readKey({ keys }: Pick<HostTools, 'keys'>, name: KeyName): Promise<string | undefined> {
  return await keys.read(name).catch(() => undefined); // its provider is left out, which every run says
}

/** What the user has set wins over the environment, value by value; without an address or a key there is no endpoint. Pure. */
export function planEndpointOf({ planUrl, planModel }: Pick<StudioSettings, 'planUrl' | 'planModel'>, environment: EngineSettings['planEndpoint'], key: string | undefined): EngineSettings['planEndpoint'] {
  const baseUrl = planUrl || environment?.baseUrl;
  const apiKey = key ?? environment?.apiKey;
  if (!baseUrl && !apiKey) return undefined;
  return { ...environment, model: planModel || environment?.model || DEFAULT_MODEL, ...(baseUrl ? { baseUrl } : {}), ...(apiKey ? { apiKey } : {}) };
}
