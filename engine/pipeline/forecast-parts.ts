/**
 * How long the parts of an advert will take, from what such parts took lately on this machine. Pure. Where nothing is known yet, the weights
 * of the steps stand in ("roughly seconds on two cores", the same numbers that progress is counted in).
 */
import { canvasSize } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';

/** A step that was really done. `units`: what its time grows with; see `UNITS`. */
export interface DoneStep {
  readonly kind: string;
  readonly seconds: number;
  readonly units: number;
}

/** What is to be made. */
export interface AdvertSize {
  readonly ratios: readonly Ratio[];
  readonly frames: number;
  readonly scenes: number;
  readonly photos: number;
}

/** Places in the lanes of this machine; see `defaultLanes`. */
export interface Places {
  readonly cpu: number;
  readonly io: number;
}

/** Seconds of a kind, per unit: a likely one, and a quick and a slow one. */
export interface Rate {
  readonly from: number;
  readonly likely: number;
  readonly to: number;
  readonly isMeasured: boolean;
}

/** The kinds whose time counts, what one unit of each is, and the weight that stands in for it. Megapixels are those of the canvas. */
const WEIGHTS = {
  ingest: 0.5, // photo
  cutout: 5, // photo
  sprites: 0.5, // photo
  plan: 0.5, // advert
  backdrop: 0.25, // megapixel of one scene
  captions: 0.6, // scene and ratio
  music: 0.05, // second of film
  mix: 0.05, // second of film
  segment: 0.02, // megapixel of a frame
  still: 0.25, // megapixel
  fidelity: 0.2, // scene and ratio
  rendition: 0.6, // ratio
} as const;
export type TimedKind = keyof typeof WEIGHTS;

/** Megapixels of a ratio's canvas. */
export function megapixels(ratio: Ratio): number {
  const { width, height } = canvasSize(ratio);
  return (width * height) / 1e6;
}

/** Rates from what was done; a kind with fewer than two steps keeps its weight, with a wide margin. */
export function ratesOf(steps: readonly DoneStep[]): Record<TimedKind, Rate> {
  const entries = Object.entries(WEIGHTS).map(([kind, weight]) => {
    const own = steps.filter((step) => step.kind === kind && step.units > 0).map((step) => step.seconds / step.units).sort((a, b) => a - b);
    return [kind, own.length < 2 ? { from: weight * 0.6, likely: weight, to: weight * 2.2, isMeasured: false } : { from: quantile(own, 0.25), likely: mean(own), to: quantile(own, 0.85), isMeasured: true }] as const;
  });
  return Object.fromEntries(entries) as Record<TimedKind, Rate>;
}

/** Seconds of the parts that this program makes itself, each as if it were alone; `bound` picks the quick, likely or slow rate. */
export function ownSeconds({ ratios, frames, scenes, photos }: AdvertSize, rates: Record<TimedKind, Rate>, places: Places, bound: 'from' | 'likely' | 'to') {
  const of = (kind: TimedKind, units: number): number => rates[kind][bound] * units;
  const pixels = ratios.reduce((sum, ratio) => sum + megapixels(ratio), 0);
  const seconds = frames / 30;
  const side = of('captions', scenes * ratios.length) + of('still', pixels) + of('fidelity', scenes * ratios.length) + of('rendition', ratios.length);
  return {
    cutout: of('ingest', photos) + of('cutout', Math.ceil(photos / places.cpu)) + of('sprites', photos),
    plan: of('plan', 1),
    backdrop: of('backdrop', pixels * scenes) / places.io,
    music: of('music', seconds) + of('mix', seconds),
    /** Drawing and encoding, with the lighter work beside it. */
    render: Math.max(of('segment', pixels * frames) / places.cpu, side / places.io) + of('rendition', 1),
  };
}

/** One after the other where it must be: photo, plan, then pictures and sound while films are drawn. */
export function wallSeconds(parts: { readonly cutout: number; readonly plan: number; readonly backdrop: number; readonly music: number; readonly render: number }, isGenerated: boolean, scenes: number): number {
  const { cutout, plan, backdrop, music, render } = parts;
  // The first scene and, after the last picture of a slow generator, the last scene's film cannot overlap.
  const alone = isGenerated ? render / Math.max(1, scenes) : Math.min(backdrop, 1);
  return cutout + plan + alone + Math.max(render, backdrop + (isGenerated ? music : 0));
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
