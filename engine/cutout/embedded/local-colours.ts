/**
 * The product's and the background's own colour next to an outline pixel, in linear light: means over a window of the
 * pixels that lie clearly inside and clearly outside, nearer ones counting more.
 */
import type { Raster } from '#engine/compositing/raster.ts';
import { DEPTH_UNITS, type Band } from './band.ts';
import { decodeSrgb } from './srgb.ts';

export interface LocalColours {
  readonly product: [number, number, number];
  readonly background: [number, number, number];
  /** Sums of weights: nearly 0 means that there was nothing to look at. */
  productWeight: number;
  backgroundWeight: number;
}

export function createLocalColours(): LocalColours {
  return { product: [0, 0, 0], background: [0, 0, 0], productWeight: 0, backgroundWeight: 0 };
}

const linearOf = Float32Array.from({ length: 256 }, (_, level) => decodeSrgb(level));

/** Fills `into` for the pixel; `clear` is the depth (px) from which a pixel counts as pure. */
export function gatherLocalColours(photo: Raster, band: Band, at: number, clear: number, into: LocalColours): void {
  const { width, height, depth } = band;
  const x = at % width;
  const y = (at - x) / width;
  const own = depth[at]! / DEPTH_UNITS;
  const reach = Math.ceil(clear + Math.abs(own) + 3);
  const step = Math.max(1, Math.floor(reach / 6));
  const { product, background } = into;
  product.fill(0);
  background.fill(0);
  let productWeight = 0;
  let backgroundWeight = 0;
  for (let dy = -reach; dy <= reach; dy += step) {
    if (y + dy < 0 || y + dy >= height) continue;
    for (let dx = -reach; dx <= reach; dx += step) {
      if (x + dx < 0 || x + dx >= width) continue;
      const from = at + dy * width + dx;
      const purity = depth[from]! / DEPTH_UNITS / clear;
      if (purity > -0.5 && purity < 0.5) continue;
      const pure = Math.min(1, Math.abs(purity)) ** 4;
      const weight = pure / (4 + dx * dx + dy * dy);
      const to = purity < 0 ? product : background;
      to[0] += weight * linearOf[photo.data[from * 4]!]!;
      to[1] += weight * linearOf[photo.data[from * 4 + 1]!]!;
      to[2] += weight * linearOf[photo.data[from * 4 + 2]!]!;
      if (purity < 0) productWeight += weight;
      else backgroundWeight += weight;
    }
  }
  for (let channel = 0; channel < 3; channel++) {
    product[channel] = product[channel]! / (productWeight + 1e-12);
    background[channel] = background[channel]! / (backgroundWeight + 1e-12);
  }
  into.productWeight = productWeight;
  into.backgroundWeight = backgroundWeight;
}

export interface Projection {
  /** 0 background … 1 product, not clamped. */
  coverage: number;
  /** |product − background| in linear light. */
  contrast: number;
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
