/**
 * Frame rates of exports. A film is evaluated at the moment of each output frame, on the project's own clock: nothing is resampled,
 * no sound changes its speed, and the film lasts the same seconds at every rate.
 */
import { retime } from '../time/frames.ts';
import type { Timebase } from '../time/frames.ts';
import type { ExportRate } from './schema.ts';

const RATES: Readonly<Record<ExportRate, Timebase>> = { '30': { num: 30, den: 1 }, '29.97': { num: 30_000, den: 1001 }, '25': { num: 25, den: 1 } };

/** A rate as a fraction. */
export function timebaseOf(rate: ExportRate): Timebase {
  return RATES[rate];
}

/** Where on the project's clock an output frame begins; whole only where both clocks meet. */
export function projectFrameAt(outputFrame: number, rate: Timebase, project: Timebase): number {
  return (outputFrame * rate.den * project.num) / (rate.num * project.den);
}

/** How many output frames a film of `frames` project frames has: the same seconds, to the nearest frame, and never none. */
export function outputFrameCount(frames: number, rate: Timebase, project: Timebase): number {
  return Math.max(1, retime(frames, project, rate));
}

/** The export rate that a measured rate belongs to, if any. */
export function rateName({ num, den }: Timebase): ExportRate | undefined {
  const entries = Object.entries(RATES) as [ExportRate, Timebase][];
  return entries.find(([, rate]) => Math.abs(rate.num / rate.den - num / den) < 0.005)?.[0];
}
