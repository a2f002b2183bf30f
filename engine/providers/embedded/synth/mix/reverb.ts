/**
 * A small hall after Schroeder and Moorer: eight damped combs in parallel, four all-passes in series, per side. Delay
 * lengths are those of Jezar's Freeverb (public domain), scaled from 44.1 to 48 kHz; the code is our own.
 */
import { SAMPLE_RATE, type Stereo } from './signal.ts';

const COMBS = [1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617];
const ALL_PASSES = [556, 441, 341, 225];
const STEREO_SPREAD = 23;
const PRE_DELAY_FRAMES = 900;

/** Keeps its state between calls, so that a piece can be played in pieces. */
export class Reverb {
  private readonly sides: readonly Side[];

  /** `feedback` 0.7 (room) … 0.9 (hall); `damping` 0 (bright) … 1 (dark). */
  constructor(feedback: number, damping: number) {
    this.sides = [new Side(0, feedback, damping), new Side(STEREO_SPREAD, feedback, damping)];
  }

  /** Adds the reverberation of `send` to `target`, `frames` long. */
  addTo(target: Stereo, send: Stereo, frames: number, gain: number): void {
    const [left, right] = this.sides as [Side, Side];
    left.addTo(target.left, send.left, send.right, frames, gain);
    right.addTo(target.right, send.right, send.left, frames, gain);
  }
}

class Side {
  private readonly combs: Float64Array[];
  private readonly combAt: Int32Array;
  private readonly combLow: Float64Array;
  private readonly passes: Float64Array[];
  private readonly passAt: Int32Array;
  private readonly preDelay = new Float64Array(PRE_DELAY_FRAMES);
  private preAt = 0;
  private dcIn = 0;
  private dcOut = 0;
  private readonly feedback: number;
  private readonly damping: number;

  constructor(spread: number, feedback: number, damping: number) {
    const scaled = (frames: number): number => Math.round(((frames + spread) * SAMPLE_RATE) / 44_100);
    this.combs = COMBS.map((frames) => new Float64Array(scaled(frames)));
    this.passes = ALL_PASSES.map((frames) => new Float64Array(scaled(frames)));
    this.combAt = new Int32Array(COMBS.length);
    this.combLow = new Float64Array(COMBS.length);
    this.passAt = new Int32Array(ALL_PASSES.length);
    this.feedback = feedback;
    this.damping = damping;
  }

  addTo(target: Float32Array, near: Float32Array, far: Float32Array, frames: number, gain: number): void {
    for (let i = 0; i < frames; i++) {
      const early = this.preDelay[this.preAt] as number;
      this.preDelay[this.preAt] = (near[i] as number) * 0.8 + (far[i] as number) * 0.2;
      if (++this.preAt === PRE_DELAY_FRAMES) this.preAt = 0;
      target[i] = (target[i] as number) + this.step(early) * gain;
    }
  }

  private step(input: number): number {
    // One-pole high pass: lows would muddy the mix and the combs would pile up any offset.
    this.dcOut = 0.985 * (this.dcOut + input - this.dcIn);
    this.dcIn = input;
    const sum = this.runCombs(this.dcOut);
    return this.runAllPasses(sum * 0.125);
  }

  private runCombs(input: number): number {
    let sum = 0;
    for (let c = 0; c < 8; c++) {
      const line = this.combs[c] as Float64Array;
      const at = this.combAt[c] as number;
      const out = line[at] as number;
      const low = out * (1 - this.damping) + (this.combLow[c] as number) * this.damping;
      this.combLow[c] = low;
      line[at] = input + low * this.feedback;
      this.combAt[c] = at + 1 === line.length ? 0 : at + 1;
      sum += out;
    }
    return sum;
  }

  private runAllPasses(input: number): number {
    let value = input;
    for (let p = 0; p < 4; p++) {
      const line = this.passes[p] as Float64Array;
      const at = this.passAt[p] as number;
      const held = line[at] as number;
      line[at] = value + held * 0.5;
      value = held - value * 0.5;
      this.passAt[p] = at + 1 === line.length ? 0 : at + 1;
    }
    return value;
  }
}
