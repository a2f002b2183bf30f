/** Contrast after WCAG 2.2 (relative luminance, contrast ratio). */
import { parseHex } from './hex.ts';
import { hexFromOklch, oklchFromHex } from './oklab.ts';
import { linearFromSrgb } from './srgb.ts';

/** Relative luminance of a `#rrggbb` colour, 0 (black) .. 1 (white). */
export function relativeLuminance(hex: string): number {
  const { red, green, blue } = parseHex(hex);
  return 0.2126 * linearFromSrgb(red / 255) + 0.7152 * linearFromSrgb(green / 255) + 0.0722 * linearFromSrgb(blue / 255);
}

/** 1 (same) .. 21 (black on white); order does not matter. Small text wants 4.5, large text 3. */
export function contrastRatio(left: string, right: string): number {
  return luminanceRatio(relativeLuminance(left), relativeLuminance(right));
}

/** The same for two relative luminances. */
export function luminanceRatio(left: number, right: number): number {
  return (Math.max(left, right) + 0.05) / (Math.min(left, right) + 0.05);
}

/** The candidate that reads best on `background`; the first wins a tie. */
export function mostReadable(background: string, candidates: readonly [string, ...string[]]): string {
  let best = candidates[0];
  for (const candidate of candidates) if (contrastRatio(background, candidate) > contrastRatio(background, best)) best = candidate;
  return best;
}

/** `color` made darker or lighter (hue kept) in small steps until it reaches `ratio` against `text`; black or white at worst. */
export function withContrast(color: string, text: string, ratio: number): string {
  const start = oklchFromHex(color);
  const step = relativeLuminance(text) > 0.18 ? -0.02 : 0.02;
  let current = color;
  for (let lightness = start.lightness; lightness > -0.02 && lightness < 1.02; lightness += step) {
    if (contrastRatio(current, text) >= ratio) return current;
    current = hexFromOklch({ ...start, lightness: Math.min(1, Math.max(0, lightness)) });
  }
  return step < 0 ? '#000000' : '#ffffff';
}
