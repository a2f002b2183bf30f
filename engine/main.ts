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
import { createLastingQueue } from './jobs/lasting-queue.ts';
import { defaultLanes } from './jobs/step-queue.ts';
import type { StepQueue } from './jobs/step-queue.ts';
import { createWorkerPool } from './jobs/worker-pool.ts';
import { createHandlers } from './pipeline/handlers.ts';
import { removeOrphanedHiddenRuns } from './pipeline/hidden-run.ts';
import type { Services } from './pipeline/services.ts';
import { createLiveProviders } from './providers/live-providers.ts';
import type { ProviderSettings } from './providers/live-providers.ts';
import type { EngineSettings } from './settings.ts';
import { guardOffline } from './settings/offline-guard.ts';
import { readStudioSettings } from './settings/studio-settings.ts';
import { isolateFonts } from './text/isolate-fonts.ts';
import { openArtifactStore } from './storage/artifact-store.ts';

/** An open engine. Close it, or its worker threads keep the process alive. */
export interface Engine {
  readonly db: StudioDb;
  readonly queue: StepQueue;
  readonly services: Services;
  /** Sentences for the user about how opening went, e.g. that the database was restored. */
  readonly notices: readonly string[];
  /** Other keys or endpoints, from now on. Throws BAD_INPUT and changes nothing when they cannot be used. */
  configure(settings: ProviderSettings): Promise<void>;
  /** Aborted as soon as closing begins; what works in the background leaves its rows as they are then. */
  readonly closing: AbortSignal;
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
  const providers = createLiveProviders({ pool, dataDir, isOffline: () => readStudioSettings(db).isOffline, media: { ffmpegPath: () => ffmpegPath(), tempPath: (extension) => store.tempPath(extension) } });
  await providers.configure(settings); // throws for unusable settings, before anything is open
  const db = openStudioDb(dataDir);
  const release = guardOffline(() => readStudioSettings(db).isOffline);
  reapOrphans(dataDir);
  journalChildrenIn(dataDir);
  isolateFonts();
  const store = openArtifactStore(dataDir);
  const renderPool = createWorkerPool({ threads: lanes.cpu, dataDir });
  const viewPool = createWorkerPool({ threads: 2, dataDir });
  const ffmpegPath = async (): Promise<string> => (await locateFfmpeg(settingOf(readStudioSettings(db)))).path;
  if (options.sidecar) await providers.useSidecar(options.sidecar, { db, ffmpegPath, tempPath: (extension) => store.tempPath(extension) });
  const services: Services = {
    dataDir,
    store,
    pool,
    renderPool,
    viewPool,
    get providers() {
      return providers.registry;
    },
    get comfy() {
      return providers.comfy;
    },
    ffmpegPath,
    films: new WeakMap(),
    ...(settings.onnxModelPath ? { onnxModelPath: settings.onnxModelPath } : {}),
  };
  const closing = new AbortController();
  const queue = createLastingQueue({ db, handlers: createHandlers(services), hasArtifact: (hash) => store.has(hash), ...(onEvent ? { onEvent } : {}) });
  removeOrphanedHiddenRuns(db);
  return {
    db, queue, services,
    configure: (changed) => providers.configure(changed),
    notices: db.notices,
    closing: closing.signal,
    async close() {
      closing.abort();
      await queue.close();
      await providers.close();
      await Promise.all([pool.close(), renderPool.close(), viewPool.close()]);
      release();
      await db.close();
    },
  };
}

/** The environment's ffmpeg comes before the setting: it is how a single start is told. */
function settingOf({ ffmpegPath }: { readonly ffmpegPath: string }): { setting?: string } {
  return ffmpegPath === '' || process.env['ADGEN_FFMPEG'] ? {} : { setting: ffmpegPath };
}
