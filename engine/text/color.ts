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

/** What the channels' light adds to the luminance (BT.709 primaries). */
export const LUMINANCE = { red: 0.2126, green: 0.7152, blue: 0.0722 };

const LINEAR = Float64Array.from({ length: 256 }, (_, value) => linearFromSrgb(value / 255));

/** Share of light 0..1 of an 8-bit sRGB value (fractions are rounded). */
export function linearOf(value: number): number {
  return LINEAR[Math.round(value)] ?? 0;
}

/** Relative luminance 0..1 of 8-bit sRGB values (fractions are rounded). */
export function luminance(r: number, g: number, b: number): number {
  return LUMINANCE.red * linearOf(r) + LUMINANCE.green * linearOf(g) + LUMINANCE.blue * linearOf(b);
}

export function luminanceOf(hex: string): number {
  const { r, g, b } = parseColor(hex);
  return luminance(r, g, b);
}
