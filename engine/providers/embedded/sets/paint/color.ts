/**
 * Colour arithmetic of the sets. Light adds up in linear sRGB; tints and shades are made in OKLab (Björn Ottosson,
 * 2020, public domain) so that a lighter or darker palette colour keeps its hue.
 */
import { linearOfOklab, oklabOfLinear } from '#core/lib/color/oklab.ts';
import { linearFromSrgb, srgbFromLinear } from '#core/lib/color/srgb.ts';
import { clamp } from './math.ts';

/** Linear sRGB, 1 = white; light may exceed 1 before it is encoded. */
export type Linear = readonly [number, number, number];

/** OKLab lightness (0..1), a, b. */
export type Lab = readonly [number, number, number];

export function parseHex(hex: string): Linear {
  const value = Number.parseInt(hex.slice(1), 16);
  return [linearFromSrgb((value >> 16) / 255), linearFromSrgb(((value >> 8) & 255) / 255), linearFromSrgb((value & 255) / 255)];
}

export function formatHex(color: Linear): string {
  const byte = (channel: number): string => Math.round(srgbFromLinear(clamp(channel, 0, 1)) * 255).toString(16).padStart(2, '0');
  return `#${byte(color[0])}${byte(color[1])}${byte(color[2])}`;
}

export function toLab([red, green, blue]: Linear): Lab {
  return oklabOfLinear(red, green, blue);
}

const isInGamut = (color: Linear): boolean => color.every((channel) => channel >= -1e-4 && channel <= 1.0001);

/** OKLab to linear sRGB; a colour outside the gamut loses chroma, never hue or lightness. */
export function fromLab([L, a, b]: Lab): Linear {
  let kept = 1;
  let color: Linear = linearOfOklab(L, a, b);
  for (let step = 0; step < 24 && !isInGamut(color); step++) {
    kept *= 0.9;
    color = linearOfOklab(L, a * kept, b * kept);
  }
  return [clamp(color[0], 0, 1), clamp(color[1], 0, 1), clamp(color[2], 0, 1)];
}

/** The same hue at another lightness; `chroma` scales the colourfulness. */
export function atLightness(color: Linear, lightness: number, chroma = 1): Linear {
  const [, a, b] = toLab(color);
  return fromLab([clamp(lightness, 0, 1), a * chroma, b * chroma]);
}

/** Lighter (positive) or darker by `step` of OKLab lightness. */
export function shifted(color: Linear, step: number, chroma = 1): Linear {
  return atLightness(color, toLab(color)[0] + step, chroma);
}

/** Mixture in OKLab: no muddy middle. */
export function mixColors(from: Linear, to: Linear, amount: number): Linear {
  const a = toLab(from);
  const b = toLab(to);
  return fromLab([a[0] + (b[0] - a[0]) * amount, a[1] + (b[1] - a[1]) * amount, a[2] + (b[2] - a[2]) * amount]);
}

export const lightnessOf = (color: Linear): number => toLab(color)[0];

export const chromaOf = (color: Linear): number => Math.hypot(toLab(color)[1], toLab(color)[2]);

export const scaled = (color: Linear, factor: number): Linear => [color[0] * factor, color[1] * factor, color[2] * factor];

/** Hues further apart than this mix through grey. */
const CLEAN_HUE_ANGLE = (75 * Math.PI) / 180;

/** True when the mixture of two colours passes through grey, as of blue and gold; greys themselves mix with anything. */
export function isMuddy(one: Linear, other: Linear): boolean {
  const [, a, b] = toLab(one);
  const [, c, d] = toLab(other);
  const chromas = Math.hypot(a, b) * Math.hypot(c, d);
  if (Math.min(Math.hypot(a, b), Math.hypot(c, d)) < 0.025) return false;
  return (a * c + b * d) / chromas < Math.cos(CLEAN_HUE_ANGLE);
}

/** Between two colours in lightness and strength; keeps the other's hue where a mixture would turn grey. */
export function blendColors(from: Linear, to: Linear, amount: number): Linear {
  if (!isMuddy(from, to)) return mixColors(from, to, amount);
  const lightness = lightnessOf(from) + (lightnessOf(to) - lightnessOf(from)) * Math.max(amount, 0.85);
  return atLightness(to, lightness, 0.95);
}

/** Distance in OKLab; 0.02 is just visible, 0.3 is a strong contrast. */
export function colorDistance(one: Linear, other: Linear): number {
  const a = toLab(one);
  const b = toLab(other);
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
