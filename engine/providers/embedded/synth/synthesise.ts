/**
 * The embedded synthesiser: request → score → mix → master. Pure and seeded: the same request gives the same samples.
 * The music stands in `score/`, the sound in `instruments/`, the room and the level in `mix/`.
 */
import type { MusicRequest } from '#engine/providers/types.ts';
import { master } from './mix/master.ts';
import { mixScore } from './mix/mixer.ts';
import { SAMPLE_RATE } from './mix/signal.ts';
import { arrange } from './score/arrange.ts';
import { MOODS } from './score/moods.ts';

/** Left and right channel at 48 kHz, exactly `durationSeconds` long (rounded to a frame), within ±1. */
export function synthesise(request: MusicRequest): Float32Array[] {
  const frames = Math.round(request.durationSeconds * SAMPLE_RATE);
  const score = arrange(request);
  const mix = mixScore(score, frames, MOODS[request.soundtrack.mood]);
  master(mix, Math.round((score.durationSeconds - score.endSeconds) * SAMPLE_RATE));
  return [mix.left, mix.right];
}
