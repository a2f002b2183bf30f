/**
 * Partial coverage and clean colour along the outline. Coverage is where a pixel's linear light lies between the product's
 * and the background's next to it; where the two hardly differ, the outline's geometry decides. Colour is the product's
 * own, the background's share taken out. Inside is exactly opaque, outside exactly clear.
 */
import type { Raster } from '#engine/compositing/raster.ts';
import { bandOf, DEPTH_UNITS } from './band.ts';
import { createLocalColours, gatherLocalColours, project, trustIn } from './local-colours.ts';
import { signedDistance } from './signed-distance.ts';
import { decodeSrgb, encodeSrgb } from './srgb.ts';

const CLEAR_CONTRAST = 0.05;
const FADE_PX = 1;
/** A faint outline is found less exactly, so it is drawn smoother. */
const FAINT_MEAN = gaussianMean(2.2);
const CLEAR_MEAN = gaussianMean(0.7);

export interface RefinedAlpha {
  readonly mask: Uint8Array;
  readonly cutout: Raster;
}

/** `blur`: width in pixels over which the photo's outlines fade. */
export function refineAlpha(photo: Raster, isProduct: Uint8Array, blur: number): RefinedAlpha {
  const { width, height } = photo;
  const halfWidth = Math.max(2, blur * 0.6 + FADE_PX);
  const signed = signedDistance(isProduct, width, height, 16, 0);
  const depth = new Int8Array(signed.length);
  for (let at = 0; at < depth.length; at++) depth[at] = Math.max(-120, Math.min(120, Math.round(signed[at]! * DEPTH_UNITS)));
  const band = bandOf(depth, width, height, halfWidth);
  const mask = isProduct.map((value) => value * 255);
  const data = new Uint8Array(photo.data);
  const colours = createLocalColours(halfWidth + 0.5);
  const projection = { coverage: 0, contrast: 0 };
  for (const at of band.pixels) {
    const away = smoothAt(signed, at, width, height, CLEAR_MEAN);
    const geometric = clamp01(0.5 - smoothAt(signed, at, width, height, FAINT_MEAN) / Math.max(1, blur));
    gatherLocalColours(photo, band, at, colours);
    let alpha = geometric;
    if (colours.productWeight > 1e-9 && colours.backgroundWeight > 1e-9) {
      project(photo, at, colours, projection);
      const trust = trustIn(projection, CLEAR_CONTRAST);
      const nearness = clamp01((halfWidth - Math.abs(away)) / FADE_PX);
      const measured = nearness * clamp01(projection.coverage) + (1 - nearness) * (away < 0 ? 1 : 0);
      alpha = trust * measured + (1 - trust) * geometric;
    }
    alpha = clamp01((alpha - 0.03) / 0.94);
    mask[at] = Math.round(alpha * 255);
    if (mask[at]! > 0 && mask[at]! < 255 && colours.productWeight > 1e-9) unmix(photo, data, at, alpha, colours.background, colours.product);
  }
  const bytes = new DataView(data.buffer);
  for (let at = 0; at < mask.length; at++) {
    if (mask[at] === 0) bytes.setUint32(at * 4, 0);
    else data[at * 4 + 3] = mask[at]!;
  }
  return { mask, cutout: { width, height, data } };
}

/** Takes the background's share out of a mixed pixel; the thinner the coverage, the more the neighbourhood's product colour counts. */
function unmix(photo: Raster, data: Uint8Array, at: number, alpha: number, background: readonly number[], product: readonly number[]): void {
  const trust = alpha * alpha;
  for (let channel = 0; channel < 3; channel++) {
    const mixed = decodeSrgb(photo.data[at * 4 + channel]!);
    const own = clamp01((mixed - (1 - alpha) * background[channel]!) / alpha);
    data[at * 4 + channel] = Math.round(encodeSrgb(trust * own + (1 - trust) * product[channel]!));
  }
}

/** The weights of a Gaussian mean, row by row over the square of side 2·radius+1. */
interface Mean {
  readonly radius: number;
  readonly weights: Float64Array;
}

function gaussianMean(sigma: number): Mean {
  const radius = Math.ceil(sigma * 2);
  const side = 2 * radius + 1;
  const weights = Float64Array.from({ length: side * side }, (_, at) => Math.exp(((Math.floor(at / side) - radius) ** 2 + ((at % side) - radius) ** 2) / (-2 * sigma * sigma)));
  return { radius, weights };
}

/** The mean around one pixel: only the outline's pixels need it. */
function smoothAt(plane: Float32Array, at: number, width: number, height: number, { radius, weights }: Mean): number {
  const x = at % width;
  const y = (at - x) / width;
  let sum = 0;
  let total = 0;
  for (let row = Math.max(0, y - radius); row <= Math.min(height - 1, y + radius); row++) {
    const middle = (row - y + radius) * (2 * radius + 1) + radius - x;
    for (let column = Math.max(0, x - radius); column <= Math.min(width - 1, x + radius); column++) {
      const weight = weights[middle + column]!;
      sum += weight * plane[row * width + column]!;
      total += weight;
    }
  }
  return sum / total;
}

function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}
