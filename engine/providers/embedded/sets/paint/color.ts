/**
 * Colour arithmetic of the sets. Light adds up in linear sRGB; tints and shades are made in OKLab (Björn Ottosson,
 * 2020, public domain) so that a lighter or darker palette colour keeps its hue.
 */
import { clamp } from './math.ts';

/** Linear sRGB, 1 = white; light may exceed 1 before it is encoded. */
export type Linear = readonly [number, number, number];

/** OKLab lightness (0..1), a, b. */
export type Lab = readonly [number, number, number];

export function decodeSrgb(value: number): number {
  return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
}

export function encodeSrgb(value: number): number {
  return value <= 0.0031308 ? value * 12.92 : 1.055 * Math.pow(value, 1 / 2.4) - 0.055;
}

export function parseHex(hex: string): Linear {
  const value = Number.parseInt(hex.slice(1), 16);
  return [decodeSrgb((value >> 16) / 255), decodeSrgb(((value >> 8) & 255) / 255), decodeSrgb((value & 255) / 255)];
}

export function formatHex(color: Linear): string {
  const byte = (channel: number): string => Math.round(encodeSrgb(clamp(channel, 0, 1)) * 255).toString(16).padStart(2, '0');
  return `#${byte(color[0])}${byte(color[1])}${byte(color[2])}`;
}

export function toLab([r, g, b]: Linear): Lab {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function labToLinear([L, a, b]: Lab): Linear {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

const isInGamut = (color: Linear): boolean => color.every((channel) => channel >= -1e-4 && channel <= 1.0001);

/** OKLab to linear sRGB; a colour outside the gamut loses chroma, never hue or lightness. */
export function fromLab([L, a, b]: Lab): Linear {
  let kept = 1;
  let color = labToLinear([L, a, b]);
  for (let step = 0; step < 24 && !isInGamut(color); step++) {
    kept *= 0.9;
    color = labToLinear([L, a * kept, b * kept]);
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
