import { describe, expect, it } from 'vitest';
import { canvasScale, Pace } from './canvas-scale.ts';

describe('pixels of a canvas', () => {
  it('are as many as can be seen, in steps that the engine has pictures for', () => {
    expect([0.2, 0.37, 0.5, 0.7, 1, 3].map((shown) => canvasScale('auto', shown, 0))).toEqual([0.25, 0.5, 0.5, 1, 1, 1]);
    expect(canvasScale('auto', 0.02, 0)).toBe(0.25);
    expect((['full', 'half', 'quarter'] as const).map((resolution) => canvasScale(resolution, 0.1, 2))).toEqual([1, 0.5, 0.25]);
  });
  it('halve when frames take too long for a while, down to a quarter, and come back', () => {
    const pace = new Pace();
    const play = (ms: number, frames: number) => { for (let n = 0; n < frames; n++) pace.note(ms, 30); };
    play(10, 100);
    expect(pace.stepsDown).toBe(0);
    play(10, 11);
    play(400, 1); // one slow frame is none
    expect(pace.stepsDown).toBe(0);
    play(40, 24);
    expect(pace.stepsDown).toBe(2);
    expect(canvasScale('auto', 1, pace.stepsDown)).toBe(0.25);
    play(40, 100);
    expect(pace.stepsDown).toBe(2);
    pace.reset();
    expect(pace.stepsDown).toBe(0);
  });
});
