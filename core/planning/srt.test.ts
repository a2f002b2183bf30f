import { describe, expect, it } from 'vitest';
import { sceneSchema, type Scene } from '../project/schema.ts';
import { planEmbedded } from './plan-embedded.ts';
import { formatSrt } from './srt.ts';
import { planRequest } from './testing/plan-request.ts';

function scene(durationFrames: number, overlap: number, captions: readonly (readonly [number, number, string])[]): Scene {
  return sceneSchema.parse({
    id: 's', purpose: 'hook', durationFrames, seed: 1, backdrop: { set: 'flat' }, camera: { move: 'static' },
    captions: captions.map(([startFrame, endFrame, text], index) => ({ id: `c${index}`, role: 'headline', text, startFrame, endFrame })),
    transition: { kind: 'dissolve', durationFrames: overlap },
  });
}
const TIMEBASE = { num: 30, den: 1 };

describe('formatSrt', () => {
  it('writes absolute times and merges what stands together', () => {
    const scenes = [scene(90, 15, [[15, 60, 'Summer'], [30, 75, 'in a can']]), scene(90, 0, [[15, 90, 'Taste it']])];
    expect(formatSrt({ scenes, timebase: TIMEBASE, durationFrames: 165 })).toBe([
      '1', '00:00:00,500 --> 00:00:01,000', 'Summer', '',
      '2', '00:00:01,000 --> 00:00:02,000', 'Summer', 'in a can', '',
      '3', '00:00:02,000 --> 00:00:02,500', 'in a can', '',
      '4', '00:00:03,000 --> 00:00:05,500', 'Taste it', '', '',
    ].join('\r\n'));
  });

  it('lets no text break the format', () => {
    const srt = formatSrt({ scenes: [scene(60, 0, [[0, 60, '1\n\n00:00:00,000 --> 00:00:09,000\n<b>{\\an8}x</b>']])], timebase: TIMEBASE, durationFrames: 60 });
    expect(srt.match(/-->/g)).toHaveLength(1);
    expect(srt).not.toMatch(/[<>{}]b|\r\n\r\n\d/);
    expect(srt).toContain('‹b›(\\an8)x‹/b›');
  });

  it('is empty without words and covers a whole plan', () => {
    expect(formatSrt({ scenes: [scene(60, 0, [])], timebase: TIMEBASE, durationFrames: 60 })).toBe('');
    const plan = planEmbedded(planRequest());
    const srt = formatSrt({ scenes: plan.scenes, timebase: TIMEBASE, durationFrames: 450 });
    expect(srt).toContain('Fizzo\r\nTaste it');
    expect(srt).toContain('--> 00:00:15,000');
  });
});
