/**
 * The providers of a process as they are at this moment: keys, endpoints and the ComfyUI may change while it runs, and the offline switch
 * takes out, at every look, whatever would leave this machine. A run that is under way keeps the links that its steps were keyed with
 * (`pipeline/chains.ts`); what it loses counts as out of reach.
 */
import type { SidecarAccess } from '#sidecar/access/types.ts';
import type { WorkerPool } from '#engine/jobs/worker-pool.ts';
import type { ProviderRegistry } from '#engine/pipeline/services.ts';
import type { EngineSettings } from '#engine/settings.ts';
import type { ComfyGenerator, GeneratorOptions } from './comfyui/generator.ts';
import { createEmbeddedPlanProvider, createPooledSetProvider, createPooledSynthProvider } from './embedded/pooled-providers.ts';
import type { ReplicateTools } from './replicate/providers.ts';
import type { BackdropProvider, MusicProvider, PlanProvider, ProviderInfo } from './types.ts';

/** What of the providers a user can change. Keys stay in memory. */
export interface ProviderSettings {
  readonly planEndpoint?: EngineSettings['planEndpoint'];
  readonly replicateKey?: string;
}

export interface LiveProviders {
  readonly registry: ProviderRegistry;
  readonly comfy: ComfyGenerator | undefined;
  /** Throws BAD_INPUT for what cannot be used, and changes nothing then. */
  configure(settings: ProviderSettings): Promise<void>;
  /** Takes a ComfyUI into use; it may be absent at first. */
  useSidecar(access: SidecarAccess, tools: Omit<GeneratorOptions, 'access'>): Promise<void>;
  close(): Promise<void>;
}

interface Changing {
  readonly plan: readonly PlanProvider[];
  readonly backdrop: readonly BackdropProvider[];
  readonly music: readonly MusicProvider[];
}

interface OpenComfy {
  readonly access: SidecarAccess;
  readonly generator: ComfyGenerator;
  readonly links: Changing;
}

export interface LiveProviderOptions {
  readonly pool: WorkerPool;
  readonly dataDir: string;
  /** Asked at every look. */
  isOffline(): boolean;
  /** Used when something is made, not before. */
  readonly media: ReplicateTools;
}

/** In the default order of their chains; the embedded links come last. */
export function createLiveProviders({ pool, dataDir, isOffline, media }: LiveProviderOptions): LiveProviders {
  const embedded = { plan: [createEmbeddedPlanProvider()], backdrop: [createPooledSetProvider(pool, dataDir)], music: [createPooledSynthProvider(pool, dataDir)] };
  let cloud: Changing = { plan: [], backdrop: [], music: [] };
  let sidecar: OpenComfy | undefined;
  let opening: Promise<OpenComfy> | undefined;
  let isClosed = false;
  const comfyNow = () => (sidecar && sidecar.access.isAbsent !== true && !(isOffline() && sidecar.access.needsNetwork) ? sidecar : undefined);
  const allowed = <T extends ProviderInfo>(links: readonly T[]): T[] => (isOffline() ? links.filter(({ needsNetwork }) => !needsNetwork) : [...links]);
  return {
    get registry() {
      const links = comfyNow()?.links;
      return {
        plan: allowed([...cloud.plan, ...embedded.plan]),
        backdrop: allowed([...(links?.backdrop ?? []), ...cloud.backdrop, ...embedded.backdrop]),
        music: allowed([...(links?.music ?? []), ...cloud.music, ...embedded.music]),
      };
    },
    get comfy() {
      return comfyNow()?.generator;
    },
    async configure(settings) {
      cloud = await createCloud(settings, media);
    },
    async useSidecar(access, tools) {
      const open = async (): Promise<void> => {
        opening ??= openComfy(access, tools);
        sidecar = await opening;
      };
      if (access.isAbsent !== true) return await open();
      access.subscribe({ onLost: () => void (access.isAbsent !== true && !isClosed && open()) });
    },
    async close() {
      isClosed = true;
      await (await opening)?.generator.close();
    },
  };
}

/** Clients of hundreds of modules are loaded only when there is something to ask. */
async function createCloud({ planEndpoint, replicateKey }: ProviderSettings, media: ReplicateTools): Promise<Changing> {
  const replicate = replicateKey === undefined ? undefined : (await import('./replicate/providers.ts')).createReplicateProviders({ key: replicateKey }, media);
  return {
    plan: planEndpoint ? [(await import('./openai/provider.ts')).createOpenAiPlanProvider(planEndpoint)] : [],
    backdrop: replicate ? [replicate.backdrop] : [],
    music: replicate ? [replicate.music] : [],
  };
}

async function openComfy(access: SidecarAccess, tools: Omit<GeneratorOptions, 'access'>): Promise<OpenComfy> {
  const [{ createComfyGenerator }, { createComfyBackdropProvider }, { createComfyMusicProvider }] = await Promise.all([
    import('./comfyui/generator.ts'), import('./comfyui/backdrop-provider.ts'), import('./comfyui/music-provider.ts'),
  ]);
  const generator = await createComfyGenerator({ ...tools, access });
  return { access, generator, links: { plan: [], backdrop: [createComfyBackdropProvider(generator)], music: [createComfyMusicProvider(generator)] } };
}
