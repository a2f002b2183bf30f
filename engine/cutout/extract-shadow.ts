/**
 * Lifts the photo's own shadow off its floor, so that it can be laid on another one: a matte that says how much light
 * is missing. It gives nothing rather than something doubtful, because a wrong shadow looks worse than a made one.
 */
import type { Raster } from '#engine/compositing/raster.ts';
import { smoothBlur } from './analysis/box-blur.ts';
import { lightPlanes, type LightPlanes } from './analysis/light-planes.ts';
import { productBox, type ProductBox } from './analysis/product-box.ts';
import { createRowSampler } from './analysis/resample.ts';
import { shadowField, smoothstep, type ShadowField } from './analysis/shadow-field.ts';
import type { Mask } from './codec.ts';

const MIN_CONFIDENCE = 0.5;
/** Thresholds by which the haze limit grows per product height of distance. */
const HAZE_GROWTH = 6;
/** How far the matte reaches under the product's edge, share of the long side. */
const UNDER_REACH = 0.03;

/**
 * 8-bit matte the size of the photo: 255 × (1 − photo / clean background) in linear luminance, 0 = no shadow. It runs
 * out to 0 before the photo's border and reaches slightly under the product. Undefined when no shadow can be separated
 * credibly (textured background, none there, one that fills the picture).
 */
export function extractShadow(photo: Raster, mask: Mask): Mask | undefined {
  const planes = lightPlanes(photo, mask);
  return shadowMatte(photo, planes, shadowField(planes));
}

/** The same from planes and field that are known already. */
export function shadowMatte(photo: { readonly width: number; readonly height: number }, planes: LightPlanes, field: ShadowField | undefined): Mask | undefined {
  if (!field || field.confidence < MIN_CONFIDENCE) return undefined;
  const box = productBox(planes);
  const faded = fadeToBorder(planes, box, reachUnder(planes, dropFarHaze(field, box)));
  const sampler = createRowSampler(faded, planes.width, planes.height, photo.width, photo.height);
  const row = new Float32Array(photo.width);
  const data = new Uint8Array(photo.width * photo.height);
  for (let y = 0; y < photo.height; y++) {
    sampler.row(y, row);
    for (let x = 0; x < photo.width; x++) data[y * photo.width + x] = Math.round(255 * (row[x] ?? 0));
  }
  return { width: photo.width, height: photo.height, data };
}

/** Faint darkness far from the product is more likely a fold of the backdrop than shadow: the threshold grows with the distance. */
function dropFarHaze({ darkness, width, threshold }: ShadowField, box: ProductBox): Float32Array {
  return darkness.map((value, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const gap = Math.hypot(Math.max(0, box.left - x, x - box.right), Math.max(0, y - box.bottom)) / Math.max(1, box.bottom - box.top);
    const floor = threshold * HAZE_GROWTH * gap;
    return floor === 0 ? value : value * smoothstep(floor, 2.5 * floor, value);
  });
}

/** Continues the darkness under the product from what lies beside it, fading with depth. */
function reachUnder(planes: LightPlanes, darkness: Float32Array): Float32Array {
  const { width, height, coverage } = planes;
  const reach = Math.max(4, Math.round(UNDER_REACH * Math.max(width, height)));
  const isOpen = Float32Array.from(coverage, (share) => (share > 0.01 ? 0 : 1));
  const out = Float32Array.from(darkness);
  const isFilled = Float32Array.from(isOpen);
  const depth = smoothBlur(isOpen, width, height, reach);
  for (const radius of [1, 2, Math.round(reach / 3), reach]) {
    const sum = smoothBlur(darkness, width, height, radius);
    const weights = radius === reach ? depth : smoothBlur(isOpen, width, height, radius);
    for (let at = 0; at < out.length; at++) {
      const weight = weights[at] ?? 0;
      if ((isFilled[at] ?? 0) > 0 || weight < 0.02) continue;
      out[at] = (sum[at] ?? 0) / weight;
      isFilled[at] = 1;
    }
  }
  return softenInside(out.map((value, at) => ((isOpen[at] ?? 0) > 0 ? value : value * smoothstep(0, 0.12, depth[at] ?? 0))), isOpen, width, height);
}

/** The fill is made of steps; under the product it may be blurred without harm. */
function softenInside(matte: Float32Array, isOpen: Float32Array, width: number, height: number): Float32Array {
  const soft = smoothBlur(matte, width, height, 1);
  return matte.map((value, at) => ((isOpen[at] ?? 0) > 0 ? value : (soft[at] ?? 0)));
}

/** A shadow that leaves the photo must not end in a straight edge: it runs out over most of the way to the border. */
function fadeToBorder({ width, height }: LightPlanes, box: ProductBox, matte: Float32Array): Float32Array {
  const fade = (gap: number, side: number): number => Math.min(0.3 * side, Math.max(0.04 * side, 0.8 * gap));
  const widths = { left: fade(box.left, width), right: fade(width - 1 - box.right, width), top: fade(box.top, height), bottom: fade(height - 1 - box.bottom, height) };
  return matte.map((value, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const horizontal = smoothstep(0, 1, x / widths.left) * smoothstep(0, 1, (width - 1 - x) / widths.right);
    return value * horizontal * smoothstep(0, 1, y / widths.top) * smoothstep(0, 1, (height - 1 - y) / widths.bottom);
  });
}
