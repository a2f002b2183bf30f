/**
 * The embedded providers as the pipeline uses them: their work runs in the worker pool, so that the process that holds the
 * queue, the server and the terminal stays responsive.
 */
import type { BackdropManifest } from '#core/composition/backdrop-manifest.ts';
import { planEmbedded } from '#core/planning/plan-embedded.ts';
import type { AssetRef } from '#core/project/schema.ts';
import type { WorkerPool } from '#engine/jobs/worker-pool.ts';
import type { BackdropProvider, MusicProvider, PlanProvider } from '../types.ts';
import { createSetBackdropProvider } from './sets/provider.ts';
import { createSynthMusicProvider } from './synth/provider.ts';

/** Plans in place: it takes a few milliseconds. */
export function createEmbeddedPlanProvider(): PlanProvider {
  return { id: 'embedded', version: '1', needsNetwork: false, isReady: async () => true, plan: async (request) => ({ ...planEmbedded(request), costUsd: 0 }) };
}

/** Studio sets, painted in a worker. */
export function createPooledSetProvider(pool: WorkerPool, dataDir: string): BackdropProvider {
  const { id, version, needsNetwork } = createSetBackdropProvider();
  const module = new URL('./tasks/make-set.ts', import.meta.url).href;
  return {
    id, version, needsNetwork,
    isReady: async () => true,
    makeBackdrop: (request, { signal, report }) => pool.run<BackdropManifest>({ module, payload: { dataDir, request } }, { signal, onProgress: report }),
  };
}

/** The synthesiser, played in a worker. */
export function createPooledSynthProvider(pool: WorkerPool, dataDir: string): MusicProvider {
  const { id, version, needsNetwork } = createSynthMusicProvider();
  const module = new URL('./tasks/make-music.ts', import.meta.url).href;
  return {
    id, version, needsNetwork,
    isReady: async () => true,
    makeMusic: (request, { signal, report }) => pool.run<AssetRef>({ module, payload: { dataDir, request } }, { signal, onProgress: report }),
  };
}
