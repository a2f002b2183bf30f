import { expect, test } from 'vitest';
import { soundtrackSchema } from '#core/project/schema.ts';
import { stepKey } from '#engine/jobs/step-key.ts';
import { mixStep } from './mix-step.ts';

const plain = soundtrackSchema.parse({ mood: 'calm', tempoBpm: 90, seed: 1 });

test('a soundtrack without moves keeps the key that it had before there were any', () => {
  const before = stepKey({ kind: 'mix', version: 1, params: { musicGainDb: 0, duckingDb: 9, loudnessLufs: -14, truePeakDbtp: -1, durationSeconds: 6 }, inputs: { music: undefined, voice: undefined } });
  expect(mixStep(plain, undefined, 6).key).toBe(before);
  expect(mixStep({ ...plain, musicTrimFrames: 0, voiceStartFrame: 0, voiceGainDb: 0, fadeInFrames: 0 }, undefined, 6).key).toBe(before);
});

test('every move makes another sound', () => {
  const moved = [{ musicTrimFrames: 3 }, { voiceStartFrame: 3 }, { voiceTrimFrames: 3 }, { voiceGainDb: 2 }, { fadeInFrames: 3 }, { fadeOutFrames: 3 }, { fadeOutFrames: 0 }];
  const keys = moved.map((move) => mixStep({ ...plain, ...move }, undefined, 6).key);
  expect(new Set([...keys, mixStep(plain, undefined, 6).key]).size).toBe(moved.length + 1);
});
