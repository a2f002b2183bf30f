/** sRGB code values ↔ linear light, by table where speed matters (IEC 61966-2-1). */

const DECODE_STEPS = 4;
const decodeTable = Float32Array.from({ length: 255 * DECODE_STEPS + 2 }, (_, at) => {
  const value = at / DECODE_STEPS / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** 0–255 (fractions allowed) → 0–1. */
export function decodeSrgb(level: number): number {
  const at = Math.min(255, Math.max(0, level)) * DECODE_STEPS;
  const index = Math.floor(at);
  return decodeTable[index]! + (decodeTable[index + 1]! - decodeTable[index]!) * (at - index);
}

/** 0–1 → 0–255, not rounded. */
export function encodeSrgb(linear: number): number {
  const value = Math.min(1, Math.max(0, linear));
  return 255 * (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055);
}
