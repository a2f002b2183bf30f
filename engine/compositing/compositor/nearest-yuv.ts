/**
 * The 8-bit BT.709 limited-range triple that reads back closest to a colour: the neighbours of the rounded values are
 * compared by CIEDE2000 of the 8-bit RGB they decode to. For flat areas, where a code value of error is a brand colour
 * missed.
 */
import { deltaE2000 } from '#core/lib/color/delta-e-2000.ts';
import { labOfRgb } from '#core/lib/color/lab.ts';

/** Channels 0..1. */
export type Rgb = readonly [number, number, number];

export type Yuv = readonly [number, number, number];

const REACH = 2;

/** `rgb` 0..1. */
export function nearestYuv(rgb: Rgb): Yuv {
  const target = labOfRgb(...rgb);
  const [y, u, v] = exactYuv(rgb);
  let best: Yuv = [Math.round(y), Math.round(u), Math.round(v)];
  let bestCost = Infinity;
  for (let dy = -REACH; dy <= REACH; dy++) {
    for (let du = -REACH; du <= REACH; du++) {
      for (let dv = -REACH; dv <= REACH; dv++) {
        const candidate: Yuv = [Math.round(y) + dy, Math.round(u) + du, Math.round(v) + dv];
        const distance = Math.hypot(candidate[0] - y, candidate[1] - u, candidate[2] - v);
        const cost = deltaE2000(target, labOfRgb(...readBack(candidate))) + distance * 1e-3;
        if (cost < bestCost) [best, bestCost] = [candidate, cost];
      }
    }
  }
  return best;
}

/** sRGB 0..1 to BT.709 limited range, not rounded. */
export function exactYuv([r, g, b]: Rgb): Yuv {
  const luma = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return [16 + 219 * luma, 128 + (224 * (b - luma)) / 1.8556, 128 + (224 * (r - luma)) / 1.5748];
}

/** What a correct decoder shows for a triple: 8-bit RGB, as 0..1. */
export function readBack([y, u, v]: Yuv): Rgb {
  const luma = (y - 16) / 219;
  const blue = (u - 128) / 224;
  const red = (v - 128) / 224;
  const byte = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 255) / 255;
  return [byte(luma + 1.5748 * red), byte(luma - 0.187324 * blue - 0.468124 * red), byte(luma + 1.8556 * blue)];
}
