/** Colours of captions: parsing, and contrast as WCAG 2.2 defines it (relative luminance of IEC 61966-2-1 sRGB). */
import { linearFromSrgb } from '#core/lib/color/srgb.ts';

export interface Rgba {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  /** 0..1. */
  readonly a: number;
}

/** Reads `#rrggbb` or `#rrggbbaa`; throws RangeError on anything else. */
export function parseColor(hex: string): Rgba {
  if (!/^#([0-9a-f]{6}|[0-9a-f]{8})$/i.test(hex)) throw new RangeError(`Not a colour: ${hex}. Write #rrggbb.`);
  const value = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16);
  return { r: value(1), g: value(3), b: value(5), a: hex.length === 9 ? value(7) / 255 : 1 };
}

const LINEAR = Float64Array.from({ length: 256 }, (_, value) => linearFromSrgb(value / 255));

/** Relative luminance 0..1 of 8-bit sRGB values (fractions are rounded). */
export function luminance(r: number, g: number, b: number): number {
  return 0.2126 * (LINEAR[Math.round(r)] ?? 0) + 0.7152 * (LINEAR[Math.round(g)] ?? 0) + 0.0722 * (LINEAR[Math.round(b)] ?? 0);
}

export function luminanceOf(hex: string): number {
  const { r, g, b } = parseColor(hex);
  return luminance(r, g, b);
}
