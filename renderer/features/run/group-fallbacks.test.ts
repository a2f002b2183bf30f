import { expect, test } from 'vitest';
import { groupFallbacks } from './group-fallbacks.ts';
import type { FallbackNote } from './group-fallbacks.ts';

const note = (kind: string, step: string, reason: string, name?: string): FallbackNote => ({ kind, step, from: 'comfyui', to: 'embedded', reason, notice: `${step}: ${reason}`, ...(name === undefined ? {} : { name }) });

test('steps that met the same problem are one note, with how many they were', () => {
  const groups = groupFallbacks([note('backdrop', 'scene_1', 'gone (1)', 'ENGINE_UNREACHABLE'), note('music', 'music', 'gone (1)', 'ENGINE_UNREACHABLE'), note('backdrop', 'scene_2', 'gone (2)', 'ENGINE_UNREACHABLE'), note('backdrop', 'scene_3', 'too large', 'JOB_OOM')]);
  expect(groups.map(({ kind, name, reason, times }) => [kind, name, reason, times])).toEqual([['backdrop', 'ENGINE_UNREACHABLE', 'gone (1)', 2], ['music', 'ENGINE_UNREACHABLE', 'gone (1)', 1], ['backdrop', 'JOB_OOM', 'too large', 1]]);
});

test('without a name, the sentence tells them apart', () => {
  expect(groupFallbacks([note('backdrop', 'scene_1', 'a'), note('backdrop', 'scene_2', 'b'), note('backdrop', 'scene_3', 'a')]).map(({ reason, times }) => [reason, times])).toEqual([['a', 2], ['b', 1]]);
});
