/** Step `mix`: music (and voice) → the soundtrack of every rendition, at its loudness. */
import type { AssetRef, Soundtrack } from '#core/project/schema.ts';
import type { MixMoves } from '#engine/compositing/audio/mix-soundtrack.ts';
import { mixSoundtrack } from '#engine/compositing/audio/mix-soundtrack.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import type { StepHandler, StepSpec } from '#engine/jobs/types.ts';
import type { Services } from '../services.ts';

interface Params {
  readonly soundtrack: Soundtrack;
  readonly music?: AssetRef;
  readonly durationSeconds: number;
  readonly moves: MixMoves;
}

/** What the meter said about the encoded mix. `lufs` is null for silence. */
export interface MixData {
  readonly loudness: { readonly lufs: number | null; readonly truePeakDbtp: number | null };
}

/** What has not been moved is no part of the key, so that a document which knows nothing of moves keeps its sound. */
export function mixStep(soundtrack: Soundtrack, music: AssetRef | undefined, durationSeconds: number, fps = 30): StepSpec {
  const moves = movesOf(soundtrack, fps);
  const params: Params = { soundtrack, durationSeconds, moves, ...(music ? { music } : {}) };
  const { musicGainDb, duckingDb, loudnessLufs, truePeakDbtp, voice } = soundtrack;
  const key = stepKey({ kind: 'mix', version: 1, params: { musicGainDb, duckingDb, loudnessLufs, truePeakDbtp, durationSeconds, ...(Object.keys(moves).length > 0 ? { moves } : {}) }, inputs: { music: music?.hash, voice: voice?.hash } });
  return { key, kind: 'mix', stage: 'GENERATING_AUDIO', name: 'soundtrack mix', lane: 'io', deps: [], params, weight: 1.5 };
}

function movesOf(soundtrack: Soundtrack, fps: number): MixMoves {
  const seconds = (frames: number | undefined): number | undefined => (frames ? frames / fps : undefined);
  const { musicTrimFrames, voiceStartFrame, voiceTrimFrames, voiceGainDb, fadeInFrames, fadeOutFrames } = soundtrack;
  const moves = {
    musicTrimSeconds: seconds(musicTrimFrames), voiceStartSeconds: seconds(voiceStartFrame), voiceTrimSeconds: seconds(voiceTrimFrames), voiceGainDb: voiceGainDb || undefined, // 0 dB is no change
    fadeInSeconds: seconds(fadeInFrames), fadeOutSeconds: fadeOutFrames === undefined ? undefined : fadeOutFrames / fps, // 0: the music is not faded, even when it is cut off
  };
  return Object.fromEntries(Object.entries(moves).filter(([, value]) => value !== undefined));
}

/** Artifacts: `mix` (AAC in an M4A). Data: `MixData`. */
export function createMixHandler({ store, ffmpegPath }: Services): StepHandler {
  return async ({ step, signal }) => {
    const { soundtrack, music, durationSeconds, moves } = step.params as Params;
    const outputPath = store.tempPath('m4a');
    const { lufs, truePeakDbtp } = await mixSoundtrack({
      ...(music ? { musicPath: store.pathOf(music) } : {}),
      ...(soundtrack.voice ? { voicePath: store.pathOf(soundtrack.voice) } : {}),
      durationSeconds, soundtrack: { ...soundtrack, ...moves }, outputPath, ffmpegPath: await ffmpegPath(), signal,
    });
    const mix = await store.putFile(outputPath, 'mix.m4a', 'audio/mp4', { move: true });
    const data: MixData = { loudness: { lufs, truePeakDbtp } };
    return { artifacts: { mix }, data, provider: 'embedded' };
  };
}
