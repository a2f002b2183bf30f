/** Step `sound-preview`: the encoded mix → WAV, so that a page plays just the samples that the delivered file holds. */
import { assertSucceeded } from '#engine/compositing/ffmpeg/assert-succeeded.ts';
import { runFfmpeg } from '#engine/compositing/ffmpeg/run-ffmpeg.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import type { StepHandler, StepSpec } from '#engine/jobs/types.ts';
import type { Services } from '../services.ts';

interface Params {
  /** AAC ends with a whole frame of its own; the film ends before. */
  readonly durationSeconds: number;
}

/** @param mix the finished soundtrack's step */
export function soundPreviewStep(mix: StepSpec, durationSeconds: number): StepSpec {
  const params: Params = { durationSeconds };
  return { key: stepKey({ kind: 'sound-preview', version: 1, params, inputs: [mix.key] }), kind: 'sound-preview', stage: 'GENERATING_AUDIO', name: 'sound preview', lane: 'io', deps: [mix.key], params, weight: 0.2 };
}

/** Artifacts: `wav`, 48 kHz stereo. */
export function createSoundPreviewHandler({ store, ffmpegPath }: Services): StepHandler {
  return async ({ step, input, signal }) => {
    const mix = input(step.deps[0] ?? '').artifacts['mix'];
    if (!mix) throw new Error('the mix step left no sound');
    const path = store.tempPath('wav');
    const result = await runFfmpeg({
      ffmpegPath: await ffmpegPath(), signal, inputs: [{ path: store.pathOf(mix) }],
      outputOptions: ['-map', '0:a:0', '-c:a', 'pcm_s16le', '-ar', '48000', '-ac', '2', '-t', (step.params as Params).durationSeconds.toFixed(6), '-fflags', '+bitexact', '-f', 'wav'], output: { path },
    });
    assertSucceeded(result, 'decoding the soundtrack');
    return { artifacts: { wav: await store.putFile(path, 'mix.wav', 'audio/wav', { move: true }) }, data: {}, provider: 'embedded' };
  };
}
