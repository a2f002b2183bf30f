/**
 * Draws the product as it ought to look: the cut-out resampled once with Lanczos 3 (premultiplied; reduced by sharp, enlarged by
 * a kernel of our own), and, where it does not stand on whole pixels, moved and turned with that kernel. The
 * compositor's code is not used here on purpose: a check that shares the code it checks would share its mistakes.
 */
import sharp from 'sharp';
import type { Rect } from '#core/composition/layer.ts';
import type { Raster } from '../raster.ts';
import type { PixelMask, RgbPicture } from './rgb-picture.ts';

/** The product in a region of the canvas; `opaque` marks where it hides all behind it (alpha above 250). */
export interface IdealProduct {
  readonly picture: RgbPicture;
  readonly opaque: PixelMask;
}

export interface ProductPlacement {
  /** The whole cut-out is mapped onto this rectangle, canvas pixels. */
  readonly productRect: Rect;
  /** Clockwise about the rectangle's middle. */
  readonly rotationDeg: number;
}

const OPAQUE = 250;
const LOBES = 3;

export async function drawIdealProduct(cutout: Raster, placement: ProductPlacement, region: Rect): Promise<IdealProduct> {
  const sized = await resize(cutout, Math.max(1, Math.round(placement.productRect.width)), Math.max(1, Math.round(placement.productRect.height)));
  const source = premultiply(sized);
  const picture = { width: region.width, height: region.height, data: new Uint8Array(region.width * region.height * 3) };
  const opaque = new Uint8Array(region.width * region.height);
  const keep = (i: number, pixel: ArrayLike<number>, at: number): void => {
    const alpha = pixel[at + 3] as number;
    if (alpha <= OPAQUE) return;
    opaque[i] = 1;
    for (let channel = 0; channel < 3; channel++) picture.data[i * 3 + channel] = clampByte(((pixel[at + channel] as number) * 255) / alpha);
  };
  if (placement.rotationDeg === 0) drawUpright(source, sized, placement.productRect, region, keep);
  else drawTurned(source, sized, placement, region, keep);
  return { picture, opaque };
}

type Keep = (index: number, pixel: ArrayLike<number>, at: number) => void;

function drawTurned(source: Float32Array, sized: Raster, placement: ProductPlacement, region: Rect, keep: Keep): void {
  const pixel = new Float64Array(4);
  const place = new Float64Array(2);
  const toSource = inverseOf(placement, region, sized);
  for (let y = 0, i = 0; y < region.height; y++) {
    for (let x = 0; x < region.width; x++, i++) {
      toSource(x, y, place);
      samplePremultiplied(source, sized, place, pixel);
      keep(i, pixel, 0);
    }
  }
}

/** Without a turn the kernel is separable: columns first, then rows, with the weights of each worked out once. */
function drawUpright(source: Float32Array, { width, height }: Raster, rect: Rect, region: Rect, keep: Keep): void {
  const columns = tapsOf(region.width, region.x - rect.x, rect.width, width);
  const rows = tapsOf(region.height, region.y - rect.y, rect.height, height);
  const narrow = new Float32Array(height * region.width * 4);
  for (let y = 0; y < height; y++) for (let x = 0; x < region.width; x++) addTaps(source, y * width * 4, 4, columns, x, width, narrow, (y * region.width + x) * 4);
  const pixel = new Float32Array(4);
  for (let y = 0, i = 0; y < region.height; y++) {
    for (let x = 0; x < region.width; x++, i++) {
      addTaps(narrow, x * 4, region.width * 4, rows, y, height, pixel, 0);
      keep(i, pixel, 0);
    }
  }
}

interface Taps {
  readonly first: Int32Array;
  /** Six per output; all 0 outside the source. */
  readonly weights: Float64Array;
}

function tapsOf(outputs: number, offset: number, shown: number, samples: number): Taps {
  const first = new Int32Array(outputs);
  const weights = new Float64Array(outputs * 2 * LOBES);
  for (let i = 0; i < outputs; i++) {
    const at = ((offset + i + 0.5) / shown) * samples - 0.5;
    if (Math.round(at) < 0 || Math.round(at) >= samples) continue;
    first[i] = Math.floor(at) - LOBES + 1;
    fillWeights(WEIGHTS_U, at - (first[i] as number));
    weights.set(WEIGHTS_U, i * 2 * LOBES);
  }
  return { first, weights };
}

/** One output pixel of one pass; taps outside the source count as clear. */
function addTaps(from: Float32Array, start: number, stride: number, { first, weights }: Taps, output: number, samples: number, to: Float32Array, at: number): void {
  let red = 0;
  let green = 0;
  let blue = 0;
  let alpha = 0;
  for (let tap = 0; tap < 2 * LOBES; tap++) {
    const sample = (first[output] as number) + tap;
    const weight = weights[output * 2 * LOBES + tap] as number;
    if (weight === 0 || sample < 0 || sample >= samples) continue;
    const index = start + sample * stride;
    red += weight * (from[index] as number);
    green += weight * (from[index + 1] as number);
    blue += weight * (from[index + 2] as number);
    alpha += weight * (from[index + 3] as number);
  }
  to[at] = red;
  to[at + 1] = green;
  to[at + 2] = blue;
  to[at + 3] = alpha;
}

async function resize(cutout: Raster, width: number, height: number): Promise<Raster> {
  if (width >= cutout.width || height >= cutout.height) return cutout; // sharp enlarges with another filter than Lanczos
  const image = sharp(cutout.data, { raw: { width: cutout.width, height: cutout.height, channels: 4 } });
  const data = await image.resize(width, height, { kernel: 'lanczos3', fit: 'fill' }).raw().toBuffer();
  return { width, height, data };
}

function premultiply({ data }: Raster): Float32Array {
  const out = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] as number;
    for (let channel = at; channel < at + 3; channel++) out[channel] = ((data[channel] as number) * alpha) / 255;
    out[at + 3] = alpha;
  }
  return out;
}

/** Region pixel → position in the source, where whole numbers are pixel middles. */
function inverseOf({ productRect: rect, rotationDeg }: ProductPlacement, region: Rect, sized: Raster): (x: number, y: number, place: Float64Array) => void {
  const angle = (-rotationDeg * Math.PI) / 180;
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  return (x, y, place) => {
    const fromMiddleX = region.x + x + 0.5 - (rect.x + rect.width / 2);
    const fromMiddleY = region.y + y + 0.5 - (rect.y + rect.height / 2);
    const localX = fromMiddleX * cosine - fromMiddleY * sine + rect.width / 2;
    const localY = fromMiddleX * sine + fromMiddleY * cosine + rect.height / 2;
    place[0] = (localX / rect.width) * sized.width - 0.5;
    place[1] = (localY / rect.height) * sized.height - 0.5;
  };
}

function samplePremultiplied(source: Float32Array, { width, height }: Raster, place: Float64Array, out: Float64Array): void {
  const u = place[0] as number;
  const v = place[1] as number;
  out.fill(0);
  const nearU = Math.round(u);
  const nearV = Math.round(v);
  if (nearU < 0 || nearV < 0 || nearU >= width || nearV >= height) return;
  if (Math.abs(u - nearU) < 1e-6 && Math.abs(v - nearV) < 1e-6) {
    for (let channel = 0; channel < 4; channel++) out[channel] = source[(nearV * width + nearU) * 4 + channel] as number;
    return;
  }
  // Half transparent at the nearest pixel cannot become opaque between the pixels.
  if ((source[(nearV * width + nearU) * 4 + 3] as number) < OPAQUE / 2) return;
  const firstU = Math.floor(u) - LOBES + 1;
  const firstV = Math.floor(v) - LOBES + 1;
  fillWeights(WEIGHTS_U, u - firstU);
  fillWeights(WEIGHTS_V, v - firstV);
  for (let row = 0; row < 2 * LOBES; row++) {
    const y = firstV + row;
    if (y < 0 || y >= height) continue;
    for (let column = 0; column < 2 * LOBES; column++) {
      const x = firstU + column;
      if (x < 0 || x >= width) continue;
      const weight = (WEIGHTS_V[row] as number) * (WEIGHTS_U[column] as number);
      const at = (y * width + x) * 4;
      for (let channel = 0; channel < 4; channel++) out[channel] = (out[channel] as number) + weight * (source[at + channel] as number);
    }
  }
}

const WEIGHTS_U = new Float64Array(2 * LOBES);
const WEIGHTS_V = new Float64Array(2 * LOBES);

/** Weights of the taps 0…5 for a position between the third and the fourth; they add up to 1. */
function fillWeights(weights: Float64Array, position: number): void {
  let sum = 0;
  for (let tap = 0; tap < weights.length; tap++) sum += weights[tap] = lanczos(position - tap);
  for (let tap = 0; tap < weights.length; tap++) weights[tap] = (weights[tap] as number) / sum;
}

function lanczos(distance: number): number {
  if (distance === 0) return 1;
  if (Math.abs(distance) >= LOBES) return 0;
  const angle = Math.PI * distance;
  return (LOBES * Math.sin(angle) * Math.sin(angle / LOBES)) / (angle * angle);
}

function clampByte(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}
