/** What step handlers work with. Made once per process by `engine/main.ts`. */
import type { Film } from '#core/composition/film.ts';
import type { WorkerPool } from '#engine/jobs/worker-pool.ts';
import type { ComfyGenerator } from '#engine/providers/comfyui/generator.ts';
import type { BackdropProvider, MusicProvider, PlanProvider } from '#engine/providers/types.ts';
import type { ArtifactStore } from '#engine/storage/artifact-store.ts';

/** All providers of this process at this moment, by capability, in the default order of their chains. Offline, none that needs a network is among them. */
export interface ProviderRegistry {
  readonly plan: readonly PlanProvider[];
  readonly backdrop: readonly BackdropProvider[];
  readonly music: readonly MusicProvider[];
}

export interface Services {
  readonly dataDir: string;
  readonly store: ArtifactStore;
  readonly pool: WorkerPool;
  /** Threads that only draw film: they keep a compositor and its sources, which other work should not push out. */
  readonly renderPool: WorkerPool;
  /** Threads for what a page waits for: pictures and checks must not queue behind the work of runs. */
  readonly viewPool: WorkerPool;
  readonly providers: ProviderRegistry;
  /** A ComfyUI to generate with, when there is one. */
  readonly comfy?: ComfyGenerator | undefined;
  /** Path of a working ffmpeg; throws MISSING_TOOL with what to do. */
  ffmpegPath(): Promise<string>;
  /** Local ONNX model for the cut-out, if the user has one. */
  readonly onnxModelPath?: string;
  /**
   * Films by the params of the step that draws them: steps of one key may be told apart by what is asked of their film (which frames, which
   * scene). They are derived from the document and other steps' results, so they are not journaled: after a restart the run derives them again.
   */
  readonly films: WeakMap<object, Film>;
}
