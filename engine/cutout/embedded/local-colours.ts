/**
 * The product's and the background's own colour next to an outline pixel, in linear light: means over a window of the
 * pixels that lie clearly inside and clearly outside, nearer ones counting more.
 */
import type { Raster } from '#engine/compositing/raster.ts';
import { DEPTH_UNITS, type Band } from './band.ts';
import { decodeSrgb } from './srgb.ts';

export interface LocalColours {
  /** Depth (px) from which a pixel counts as pure. */
  readonly clear: number;
  /** How much a pixel counts by its depth, whole pixels ×8 without sign; 0 where it is too mixed to count. */
  readonly purity: Float64Array;
  readonly product: [number, number, number];
  readonly background: [number, number, number];
  /** Sums of weights: nearly 0 means that there was nothing to look at. */
  productWeight: number;
  backgroundWeight: number;
}

/** To be filled again and again; `clear` is the depth (px) from which a pixel counts as pure. */
export function createLocalColours(clear: number): LocalColours {
  const purity = Float64Array.from({ length: 129 }, (_, depth) => {
    const share = depth / DEPTH_UNITS / clear;
    return share < 0.5 ? 0 : Math.min(1, share) ** 4;
  });
  return { clear, purity, product: [0, 0, 0], background: [0, 0, 0], productWeight: 0, backgroundWeight: 0 };
}

const linearOf = Float32Array.from({ length: 256 }, (_, level) => decodeSrgb(level));
/** Red, green, blue and weight: of the product at 0, of the background at 4. Reused for every pixel. */
const sums = new Float64Array(8);

/** Fills `into` for the pixel. */
export function gatherLocalColours({ data }: Raster, { width, height, depth }: Band, at: number, into: LocalColours): void {
  const { purity } = into;
  const x = at % width;
  const y = (at - x) / width;
  const reach = Math.ceil(into.clear + Math.abs(depth[at]! / DEPTH_UNITS) + 3);
  const step = Math.max(1, Math.floor(reach / 6));
  sums.fill(0);
  for (let dy = -reach; dy <= reach; dy += step) {
    if (y + dy < 0 || y + dy >= height) continue;
    for (let dx = -reach; dx <= reach; dx += step) {
      if (x + dx < 0 || x + dx >= width) continue;
      const from = at + dy * width + dx;
      const own = depth[from]!;
      const pure = purity[Math.abs(own)]!;
      if (pure === 0) continue;
      const weight = pure / (4 + dx * dx + dy * dy);
      const to = own < 0 ? 0 : 4;
      sums[to] = sums[to]! + weight * linearOf[data[from * 4]!]!;
      sums[to + 1] = sums[to + 1]! + weight * linearOf[data[from * 4 + 1]!]!;
      sums[to + 2] = sums[to + 2]! + weight * linearOf[data[from * 4 + 2]!]!;
      sums[to + 3] = sums[to + 3]! + weight;
    }
  }
  for (let channel = 0; channel < 3; channel++) {
    into.product[channel] = sums[channel]! / (sums[3]! + 1e-12);
    into.background[channel] = sums[4 + channel]! / (sums[7]! + 1e-12);
  }
  into.productWeight = sums[3]!;
  into.backgroundWeight = sums[7]!;
}

export interface Projection {
  /** 0 background … 1 product, not clamped. */
  coverage: number;
  /** |product − background| in linear light. */
  contrast: number;
}

/** Contrast (linear light) by which a pixel may lie beyond the background and still be taken for it. */
const BEYOND = 0.02;

/**
 * How far the projection decides, 0–1: less where the two hardly differ, and for what lies on the background's far side,
 * as a bright rim does between a dark product and a lighter ground: it is neither of the two.
 */
export function trustIn({ coverage, contrast }: Projection, clearContrast: number): number {
  const beyond = (Math.max(0, -coverage) * contrast) / BEYOND;
  return (contrast ** 2 / (contrast ** 2 + clearContrast ** 2)) * Math.exp(-beyond * beyond);
}

/** Where the pixel's colour lies between the two. */
export function project(photo: Raster, at: number, colours: LocalColours, into: Projection): void {
  let along = 0;
  let length = 0;
  for (let channel = 0; channel < 3; channel++) {
    const span = colours.product[channel]! - colours.background[channel]!;
    along += (linearOf[photo.data[at * 4 + channel]!]! - colours.background[channel]!) * span;
    length += span * span;
  }
  into.coverage = length < 1e-9 ? 0.5 : along / length;
  into.contrast = Math.sqrt(length);
}
