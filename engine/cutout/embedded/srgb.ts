/** sRGB code values ↔ linear light, by table where speed matters. */
import { linearFromSrgb, srgbFromLinear } from '#core/lib/color/srgb.ts';

const DECODE_STEPS = 4;
const decodeTable = Float32Array.from({ length: 255 * DECODE_STEPS + 2 }, (_, at) => linearFromSrgb(at / DECODE_STEPS / 255));

/** 0–255 (fractions allowed) → 0–1. */
export function decodeSrgb(level: number): number {
  const at = Math.min(255, Math.max(0, level)) * DECODE_STEPS;
  const index = Math.floor(at);
  return decodeTable[index]! + (decodeTable[index + 1]! - decodeTable[index]!) * (at - index);
}

/** 0–1 → 0–255, not rounded. */
export function encodeSrgb(linear: number): number {
  return 255 * srgbFromLinear(Math.min(1, Math.max(0, linear)));
}
