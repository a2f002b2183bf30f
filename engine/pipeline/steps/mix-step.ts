/** Step `mix`: music (and voice) → the soundtrack of every rendition, at its loudness. */
import type { AssetRef, Soundtrack } from '#core/project/schema.ts';
import { mixSoundtrack } from '#engine/compositing/audio/mix-soundtrack.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import type { StepHandler, StepSpec } from '#engine/jobs/types.ts';
import type { Services } from '../services.ts';

interface Params {
  readonly soundtrack: Soundtrack;
  readonly music?: AssetRef;
  readonly durationSeconds: number;
}

/** What the meter said about the encoded mix. `lufs` is null for silence. */
export interface MixData {
  readonly loudness: { readonly lufs: number | null; readonly truePeakDbtp: number | null };
}

export function mixStep(soundtrack: Soundtrack, music: AssetRef | undefined, durationSeconds: number): StepSpec {
  const params: Params = { soundtrack, durationSeconds, ...(music ? { music } : {}) };
  const { musicGainDb, duckingDb, loudnessLufs, truePeakDbtp, voice } = soundtrack;
  const key = stepKey({ kind: 'mix', version: 1, params: { musicGainDb, duckingDb, loudnessLufs, truePeakDbtp, durationSeconds }, inputs: { music: music?.hash, voice: voice?.hash } });
  return { key, kind: 'mix', stage: 'GENERATING_AUDIO', name: 'soundtrack mix', lane: 'io', deps: [], params, weight: 1.5 };
}

/** Artifacts: `mix` (AAC in an M4A). Data: `MixData`. */
export function createMixHandler({ store, ffmpegPath }: Services): StepHandler {
  return async ({ step, signal }) => {
    const { soundtrack, music, durationSeconds } = step.params as Params;
    const outputPath = store.tempPath('m4a');
    const { lufs, truePeakDbtp } = await mixSoundtrack({
      ...(music ? { musicPath: store.pathOf(music) } : {}),
      ...(soundtrack.voice ? { voicePath: store.pathOf(soundtrack.voice) } : {}),
      durationSeconds, soundtrack, outputPath, ffmpegPath: await ffmpegPath(), signal,
    });
    const mix = await store.putFile(outputPath, 'mix.m4a', 'audio/mp4', { move: true });
    const data: MixData = { loudness: { lufs, truePeakDbtp } };
    return { artifacts: { mix }, data, provider: 'embedded' };
  };
}
