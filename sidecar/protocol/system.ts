/** Who answers on an address: `/system_stats` and `/features`, and the judgement whether that is the ComfyUI we want. */
import { z } from 'zod';
import { engineError } from './failures.ts';
import { isNewerThanKnown, isTooOld, OLDEST_VERSION, parseVersion } from './version.ts';

const deviceSchema = z.looseObject({
  name: z.string().catch('unknown'),
  type: z.string().catch('unknown'),
  vram_total: z.number().nullish().catch(null),
  vram_free: z.number().nullish().catch(null),
});

const systemStatsSchema = z.looseObject({
  system: z.looseObject({
    comfyui_version: z.string().optional().catch(undefined),
    python_version: z.string().optional().catch(undefined),
    pytorch_version: z.string().optional().catch(undefined),
    ram_total: z.number().optional().catch(undefined),
    ram_free: z.number().optional().catch(undefined),
    argv: z.array(z.string()).optional().catch(undefined),
  }),
  devices: z.array(deviceSchema).catch([]),
});

const featuresSchema = z.record(z.string(), z.unknown());

/** The key under which our own server carries its nonce: `--feature-flag adgen=<value>`. */
export const NONCE_FLAG = 'adgen';

export interface EngineDevice {
  readonly name: string;
  readonly type: string;
  readonly vramTotal?: number;
  readonly vramFree?: number;
}

export interface EngineIdentity {
  readonly version: string;
  readonly isNewerThanKnown: boolean;
  readonly torch?: string;
  readonly devices: readonly EngineDevice[];
  readonly features: Readonly<Record<string, unknown>>;
}

export interface ServerAnswers {
  /** The address, for sentences. */
  readonly url: string;
  /** Body of `/system_stats`, parsed JSON; undefined when it was not JSON or not found. */
  readonly stats: unknown;
  /** Body of `/features`; undefined when the server has none. */
  readonly features: unknown;
}

/** Throws NOT_COMFYUI, ENGINE_OLD or ENGINE_FOREIGN. `nonce`: what our own server must answer; undefined = any server will do. */
export function judgeServer({ url, stats, features }: ServerAnswers, nonce?: string): EngineIdentity {
  const parsed = systemStatsSchema.safeParse(stats);
  if (!parsed.success) throw engineError('NOT_COMFYUI', `What answers at ${url} is not ComfyUI.`);
  const { system, devices } = parsed.data;
  const flags = featuresSchema.safeParse(features).data ?? {};
  if (nonce !== undefined && flags[NONCE_FLAG] !== nonce) throw engineError('ENGINE_FOREIGN', `Another ComfyUI answers at ${url}; it was left alone.`);
  const version = parseVersion(system.comfyui_version ?? '');
  if (version === undefined || isTooOld(version)) {
    throw engineError('ENGINE_OLD', `ComfyUI ${system.comfyui_version ?? 'of unknown version'} at ${url} is too old; ${OLDEST_VERSION} or newer is needed.`, { data: { version: system.comfyui_version } });
  }
  return {
    version: system.comfyui_version ?? '',
    isNewerThanKnown: isNewerThanKnown(version),
    torch: system.pytorch_version,
    devices: devices.map((device) => ({ name: device.name, type: device.type, vramTotal: device.vram_total ?? undefined, vramFree: device.vram_free ?? undefined })),
    features: flags,
  };
}
