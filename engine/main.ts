/**
 * The composition root: opens everything that the engine is made of and closes it in order. A terminal, a test and Electron's
 * utility process all start here.
 */
import { openStudioDb } from './db/open.ts';
import type { StudioDb } from './db/open.ts';
import type { SidecarAccess } from '#sidecar/access/types.ts';
import { journalChildrenIn } from './compositing/ffmpeg/child-journal.ts';
import { locateFfmpeg } from './compositing/ffmpeg/locate-ffmpeg.ts';
import { reapOrphans } from './jobs/child-registry.ts';
import type { RunEvent } from './jobs/run-events.ts';
import { createStepQueue, defaultLanes } from './jobs/step-queue.ts';
import type { StepQueue } from './jobs/step-queue.ts';
import { createWorkerPool } from './jobs/worker-pool.ts';
import type { WorkerPool } from './jobs/worker-pool.ts';
import { createHandlers } from './pipeline/handlers.ts';
import type { ProviderRegistry, Services } from './pipeline/services.ts';
import type { ComfyGenerator, GeneratorOptions } from './providers/comfyui/generator.ts';
import { createEmbeddedPlanProvider, createPooledSetProvider, createPooledSynthProvider } from './providers/embedded/pooled-providers.ts';
import type { EngineSettings } from './settings.ts';
import { isolateFonts } from './text/isolate-fonts.ts';
import { openArtifactStore } from './storage/artifact-store.ts';

/** An open engine. Close it, or its worker threads keep the process alive. */
export interface Engine {
  readonly db: StudioDb;
  readonly queue: StepQueue;
  readonly services: Services;
  /** Sentences for the user about how opening went, e.g. that the database was restored. */
  readonly notices: readonly string[];
  close(): Promise<void>;
}

/** What the host of this engine has. */
export interface EngineOptions {
  /** A ComfyUI to generate with. */
  readonly sidecar?: SidecarAccess;
}

/** Throws DATABASE_NEWER, DATABASE_BROKEN, DISK_FULL or READ_ONLY. */
export async function openEngine(settings: EngineSettings, onEvent?: (event: RunEvent) => void, options: EngineOptions = {}): Promise<Engine> {
  const { dataDir } = settings;
  const lanes = defaultLanes();
  const pool = createWorkerPool({ threads: lanes.io, dataDir });
  const own = await createProviders(pool, settings); // throws for unusable settings, before anything is open
  const db = openStudioDb(dataDir);
  reapOrphans(dataDir);
  journalChildrenIn(dataDir);
  isolateFonts();
  const store = openArtifactStore(dataDir);
  const renderPool = createWorkerPool({ threads: lanes.cpu, dataDir });
  const viewPool = createWorkerPool({ threads: 2, dataDir });
  const ffmpegPath = async (): Promise<string> => (await locateFfmpeg()).path;
  const comfy = options.sidecar && (await openComfy(options.sidecar, { db, ffmpegPath, tempPath: (extension) => store.tempPath(extension) }));
  const services: Services = {
    dataDir,
    store,
    pool,
    renderPool,
    viewPool,
    providers: comfy ? await withComfy(own, comfy) : own,
    ffmpegPath,
    films: new Map(),
    ...(comfy ? { comfy } : {}),
    ...(settings.onnxModelPath ? { onnxModelPath: settings.onnxModelPath } : {}),
  };
  const queue = createStepQueue({ db, handlers: createHandlers(services), hasArtifact: (hash) => store.has(hash), ...(onEvent ? { onEvent } : {}) });
  return {
    db, queue, services,
    notices: db.notices,
    async close() {
      await queue.close();
      await comfy?.close();
      await Promise.all([pool.close(), renderPool.close(), viewPool.close()]);
      await db.close();
    },
  };
}

/** Loaded only where there is a server: most starts have none. */
async function openComfy(access: SidecarAccess, tools: Pick<GeneratorOptions, 'db' | 'ffmpegPath' | 'tempPath'>): Promise<ComfyGenerator> {
  const { createComfyGenerator } = await import('./providers/comfyui/generator.ts');
  return await createComfyGenerator({ ...tools, access });
}

async function withComfy(own: ProviderRegistry, comfy: ComfyGenerator): Promise<ProviderRegistry> {
  const { createComfyBackdropProvider } = await import('./providers/comfyui/backdrop-provider.ts');
  const { createComfyMusicProvider } = await import('./providers/comfyui/music-provider.ts');
  return { ...own, backdrop: [createComfyBackdropProvider(comfy), ...own.backdrop], music: [createComfyMusicProvider(comfy), ...own.music] };
}

/** In the default order of their chains; the embedded links come last. A client of 800 modules is loaded only when it has an endpoint. */
async function createProviders(pool: WorkerPool, { dataDir, planEndpoint }: EngineSettings): Promise<ProviderRegistry> {
  const remotePlan = planEndpoint ? [(await import('./providers/openai/provider.ts')).createOpenAiPlanProvider(planEndpoint)] : [];
  return {
    plan: [...remotePlan, createEmbeddedPlanProvider()],
    backdrop: [createPooledSetProvider(pool, dataDir)],
    music: [createPooledSynthProvider(pool, dataDir)],
  };
}
