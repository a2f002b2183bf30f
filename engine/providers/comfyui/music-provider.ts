/** The ComfyUI link of the music chain: an instrumental in the mood and tempo of the film, cut to its length. */
import type { AssetRef } from '#core/project/schema.ts';
import { assertSucceeded } from '#engine/compositing/ffmpeg/assert-succeeded.ts';
import { runFfmpeg } from '#engine/compositing/ffmpeg/run-ffmpeg.ts';
import type { MusicProvider, MusicRequest } from '#engine/providers/types.ts';
import type { Manifest } from '#workflows/manifest.ts';
import { describeForecast } from './forecast.ts';
import { fileOf, generate } from './generate.ts';
import type { ComfyGenerator } from './generator.ts';
import { jobKey } from './job-journal.ts';
import { musicPrompt } from './music-prompt.ts';
import { takeInputs } from './take-inputs.ts';
import type { Values } from './take-inputs.ts';

const VERSION = '1';

/** So much more than the film needs, for an ending that does not stop short. */
const TAIL_SECONDS = 2;
const FADE_SECONDS = 1.5;

/** What a music workflow is told, by the names of the manifests. Pure. */
export function musicValues(manifest: Manifest, { soundtrack, durationSeconds, generation }: MusicRequest): Values {
  const isMinor = soundtrack.mood === 'calm' || soundtrack.mood === 'elegant';
  return takeInputs(manifest, {
    prompt: generation?.prompt ?? musicPrompt(soundtrack), lyrics: '[instrumental]', seed: soundtrack.seed,
    seconds: durationSeconds + TAIL_SECONDS, bpm: soundtrack.tempoBpm, key: isMinor ? 'A minor' : 'C major',
  });
}

export function createComfyMusicProvider(generator: ComfyGenerator): MusicProvider {
  return {
    id: 'comfyui',
    version: VERSION,
    get needsNetwork() {
      return generator.needsNetwork;
    },
    isReady: async () => true, // why not is told by the attempt
    async makeMusic(request, call): Promise<AssetRef> {
      const { view, chosen } = await generator.resume(request.generation?.workflow, call.signal);
      const { manifest } = chosen.workflow;
      call.report(0.01, describeForecast(manifest.title, generator.forecast(view, chosen, request.durationSeconds)));
      const made = await generate({
        key: jobKey(call.stepKey, 'music'), chosen, view, signal: call.signal, values: () => musicValues(manifest, request), size: () => request.durationSeconds,
        onProgress: (value) => call.report(0.9 * value),
      }, generator.tools);
      call.record(made.record);
      const path = generator.tempPath('wav');
      await cutMusic(fileOf(made, 'audio').path, path, request.durationSeconds, { ffmpegPath: await generator.ffmpegPath(), signal: call.signal });
      return await call.putFile(path, 'music.wav', 'audio/wav');
    },
  };
}

/** 48 kHz stereo 16-bit, exactly so long, with an end that fades; a piece that is too short begins again. */
export async function cutMusic(path: string, output: string, seconds: number, options: { readonly ffmpegPath: string; readonly signal: AbortSignal }): Promise<void> {
  const fade = Math.min(FADE_SECONDS, seconds / 4);
  const result = await runFfmpeg({
    ...options,
    inputs: [{ path, options: ['-stream_loop', '-1', '-protocol_whitelist', 'file'] }],
    filterGraph: `[0:a:0]aresample=48000,aformat=sample_fmts=s16:channel_layouts=stereo,atrim=end_sample=${Math.round(seconds * 48_000)},afade=t=out:st=${(seconds - fade).toFixed(3)}:d=${fade.toFixed(3)}[out]`,
    outputOptions: ['-map', '[out]', '-c:a', 'pcm_s16le', '-fflags', '+bitexact', '-f', 'wav'],
    output: { path: output },
  });
  assertSucceeded(result, 'cutting the music to length');
}
