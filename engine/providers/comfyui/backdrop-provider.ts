/**
 * The ComfyUI link of the backdrop chain: a clip, or a still that the camera moves over, from the scene's words, the style that all scenes share,
 * and the scene's seed. The workflow was chosen before the step was queued; here it is run.
 */
import type { BackdropManifest } from '#core/composition/backdrop-manifest.ts';
import { engineError } from '#sidecar/protocol/failures.ts';
import type { BackdropProvider, BackdropRequest, GeneratorCall } from '#engine/providers/types.ts';
import { backdropValues, pictureSize } from './backdrop-words.ts';
import { makeClipBackdrop } from './clip-backdrop.ts';
import { describeForecast } from './forecast.ts';
import type { Forecast } from './forecast.ts';
import type { GenerateTools } from './generate.ts';
import type { ChosenWorkflow } from './choose.ts';
import type { ComfyGenerator } from './generator.ts';
import type { StationView } from './station-view.ts';
import { makeStillBackdrop } from './still-backdrop.ts';

/** Everything that one backdrop is made with. */
export interface Making {
  readonly request: BackdropRequest;
  readonly call: GeneratorCall;
  readonly tools: GenerateTools;
  readonly view: StationView;
  readonly chosen: ChosenWorkflow;
  /** Ids that the user asked for. */
  readonly wanted: readonly string[];
  readonly ffmpegPath: string;
  forecast(chosen: ChosenWorkflow, size: number): Forecast;
  tempPath(extension: string): string;
}

/** Enters the step key: raise it when what is asked for, or what is made of the answer, changes. */
const VERSION = '1';

export function createComfyBackdropProvider(generator: ComfyGenerator): BackdropProvider {
  return {
    id: 'comfyui',
    version: VERSION,
    get needsNetwork() {
      return generator.needsNetwork;
    },
    isReady: async () => true, // why not is told by the attempt
    async makeBackdrop(request, call): Promise<BackdropManifest> {
      const { view, chosen } = await generator.resume(request.generation?.workflow, call.signal);
      const { manifest } = chosen.workflow;
      if (manifest.capability !== 'backdrop-clip' && manifest.capability !== 'backdrop-still') throw engineError('JOB_INVALID', `${manifest.title} makes no backdrops.`);
      const { tools, tempPath } = generator;
      const making: Making = { request, call, view, chosen, tools, tempPath, wanted: request.generation?.wanted ?? [], ffmpegPath: await generator.ffmpegPath(), forecast: (each, size) => generator.forecast(view, each, size) };
      call.report(0.01, describeForecast(manifest.title, making.forecast(chosen, pictureSize(backdropValues(manifest, request, 1), request.ratio))));
      return manifest.capability === 'backdrop-clip' ? await makeClipBackdrop(making) : await makeStillBackdrop(making);
    },
  };
}
