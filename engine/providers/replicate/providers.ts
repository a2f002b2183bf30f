/**
 * Replicate as the middle link of the chains for backdrops and music: stills and instrumentals of models whose terms allow adverts, paid by
 * the user's own account. It is asked only by steps that say so (`generation.usesCloud`): previews never spend anything.
 */
import { rm } from 'node:fs/promises';
import { AdgenError } from '#core/contract/errors.ts';
import type { BackdropManifest } from '#core/composition/backdrop-manifest.ts';
import type { AssetRef } from '#core/project/schema.ts';
import type { GenerationRecord } from '#engine/jobs/types.ts';
import { cutMusic } from '#engine/providers/comfyui/music-provider.ts';
import { verifyResult } from '#engine/providers/comfyui/verify-result.ts';
import { makeStillLayers } from '#engine/providers/embedded/media-backdrop.ts';
import type { BackdropProvider, BackdropRequest, GeneratorCall, MusicProvider, MusicRequest } from '../types.ts';
import { fetchOutput } from './fetch-output.ts';
import { MUSIC_MODEL, STILL_MODEL } from './prices.ts';
import { createReplicateRunner } from './run-prediction.ts';
import type { FinishedPrediction, ReplicateOptions, RunPrediction } from './run-prediction.ts';

/** Enters the step key: raise it when what is asked for, or what is made of the answer, changes. */
const VERSION = '1';
const MOST_SECONDS = 190;
/** For an ending that does not stop short. */
const TAIL_SECONDS = 2;

export interface ReplicateTools {
  ffmpegPath(): Promise<string>;
  tempPath(extension: string): string;
}

type Inputs = Readonly<Record<string, string | number | boolean>>;

/** What a backdrop model is told. Pure. */
export function stillInputs({ generation, scene, ratio }: BackdropRequest): Inputs {
  if (generation?.usesCloud !== true) throw new AdgenError('PROVIDER_REJECTED', 'This backdrop may not be made in the cloud.');
  return { prompt: generation.prompts.still.positive, aspect_ratio: ratio, num_outputs: 1, output_format: 'png', megapixels: '1', go_fast: false, seed: scene.seed };
}

/** What a music model is told. Pure. */
export function musicInputs({ generation, soundtrack, durationSeconds }: MusicRequest): Inputs {
  if (generation?.usesCloud !== true) throw new AdgenError('PROVIDER_REJECTED', 'This music may not be made in the cloud.');
  return { prompt: generation.prompt, duration: Math.min(MOST_SECONDS, Math.ceil(durationSeconds + TAIL_SECONDS)), steps: 8, cfg_scale: 1, seed: soundtrack.seed };
}

/** Both links for one key. */
export function createReplicateProviders(options: ReplicateOptions, tools: ReplicateTools): { readonly backdrop: BackdropProvider; readonly music: MusicProvider } {
  const run = createReplicateRunner(options);
  const info = { id: 'replicate', version: VERSION, needsNetwork: true, isReady: async () => true } as const;
  return {
    backdrop: {
      ...info,
      async makeBackdrop(request, call): Promise<BackdropManifest> {
        const order: Order = { model: STILL_MODEL, input: stillInputs(request), doing: 'making a backdrop', kind: 'image', extension: 'png' };
        return await withFile(order, { run, tools, call }, (path) => makeStillLayers({ path, name: 'the backdrop from Replicate', request, focus: { x: 0.5, y: 0.5 } }, call));
      },
    },
    music: {
      ...info,
      async makeMusic(request, call): Promise<AssetRef> {
        const order: Order = { model: MUSIC_MODEL, input: musicInputs(request), doing: 'making music', kind: 'audio', extension: 'mp3' };
        const output = tools.tempPath('wav');
        await withFile(order, { run, tools, call }, async (path) => await cutMusic(path, output, request.durationSeconds, { ffmpegPath: await tools.ffmpegPath(), signal: call.signal }));
        return await call.putFile(output, 'music.wav', 'audio/wav');
      },
    },
  };
}

interface Order {
  readonly model: { readonly id: `${string}/${string}`; readonly costUsd: number };
  readonly input: Inputs;
  readonly doing: string;
  readonly kind: 'image' | 'audio';
  readonly extension: string;
}

interface Buying {
  readonly run: RunPrediction;
  readonly tools: ReplicateTools;
  readonly call: GeneratorCall;
}

/** Buys a file, looks at it before it counts, and takes it away when it has been used. What it cost is written down as soon as it is owed. */
async function withFile<T>({ model, input, doing, kind, extension }: Order, { run, tools, call }: Buying, use: (path: string) => Promise<T>): Promise<T> {
  const { signal } = call;
  call.report(0.02, `Asking Replicate (${model.id}, about $${model.costUsd})`);
  const finished = await run({ key: call.stepKey, model: model.id, input, doing, signal, onState: (state) => call.report(state === 'starting' ? 0.05 : 0.3, state === 'starting' ? 'Replicate starts the model' : 'Replicate works on it') });
  call.record(recordOf(model, input, finished));
  const path = tools.tempPath(extension);
  try {
    await fetchOutput(finished.url, path, signal);
    call.report(0.9, 'Looking at what came');
    await verifyResult({ path, kind }, { ffmpegPath: await tools.ffmpegPath(), signal });
    return await use(path);
  } finally {
    await rm(path, { force: true });
  }
}

function recordOf({ id, costUsd }: Order['model'], inputs: Inputs, { seconds }: FinishedPrediction): GenerationRecord {
  return { workflow: `replicate:${id}`, workflowHash: '', models: [], inputs, server: 'replicate.com', device: 'cloud', gpuSeconds: seconds, costUsd };
}
