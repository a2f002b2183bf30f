/**
 * Chooses the colour of a caption and what stands behind it, so that its words reach 4.5:1 (WCAG 2.2, success criterion
 * 1.4.3; large type gets no discount: a film does not wait for its reader) against the worst part of the backdrop.
 */
import type { CaptionRole, StyleSpec } from '#core/project/schema.ts';
import type { Raster } from '#engine/compositing/raster.ts';
import { luminanceRatio } from '#core/lib/color/contrast.ts';
import { LUMINANCE, type Rgba, linearOf, luminance, luminanceOf, parseColor } from './color.ts';

export const REQUIRED_CONTRAST = 4.5;
/** Encoding, motion of the backdrop and the edges of letters take a little; so a little more is asked for. */
const AIM = 4.8;
/** Share of the backdrop that may be worse: sparkles and single pixels. */
const WORST_SHARE = 0.01;
const MAX_SAMPLES = 40_000;
const MAX_SCRIM = 0.78;
const NO_SCRIM: Rgba = { r: 0, g: 0, b: 0, a: 0 };

export interface TextStyle {
  readonly color: string;
  readonly decoration: 'plain' | 'scrim' | 'plate';
  /** For a scrim `#rrggbbaa`, no stronger than needed; for a plate `#rrggbb`. */
  readonly boxColor: string;
}

export interface TextStyleRequest {
  /** What will lie behind the words (several frames of it may stand under each other). */
  readonly region: Raster;
  readonly styleColors: Pick<StyleSpec, 'textOnDark' | 'textOnLight'>;
  readonly role: CaptionRole;
}

/** The lightest touch that reaches the contrast: the style's colours plain, black or white plain, a scrim, a plate. */
export function chooseTextStyle({ region, styleColors }: TextStyleRequest): TextStyle {
  const samples = samplePixels(region);
  const brand = [styleColors.textOnDark, styleColors.textOnLight];
  return plainStyle(samples, brand) ?? plainStyle(samples, ['#ffffff', '#000000']) ?? scrimStyle(samples, brand) ?? plateStyle(brand);
}

/**
 * One colour for words that stand together, each with the lightest touch that it needs: words of one group in black and
 * white beside each other look like a mistake. The colour that needs the least help over all of them.
 */
export function chooseSharedStyle({ regions, styleColors }: Omit<TextStyleRequest, 'region'> & { readonly regions: readonly Raster[] }): TextStyle[] {
  const samples = regions.map(samplePixels);
  const brand = [styleColors.textOnDark, styleColors.textOnLight];
  const clear = clearest(samples, brand, AIM);
  if (clear !== undefined) return samples.map(() => ({ color: clear, decoration: 'plain', boxColor: cushionFor(clear, brand) }));
  const candidates = [...brand, '#ffffff', '#000000'].map((color) => samples.map((region) => styleIn(region, color, brand)));
  const effort = (styles: readonly TextStyle[], index: number): number => Math.max(...styles.map(effortOf)) + (index < brand.length ? 0 : PURE_MALUS);
  return candidates.reduce((best, styles, index) => (effort(styles, index) < effort(best, candidates.indexOf(best)) ? styles : best));
}

/** The lightest touch that makes a given colour readable; the colour itself is not up for choice. */
export function cushionColour(region: Raster, color: string): TextStyle {
  const style = styleIn(samplePixels(region), color, [color]);
  return style.color === color ? style : { color, decoration: 'plate', boxColor: cushionFor(color, [color]) };
}

/** Of the colours that reach `ratio` on every region, the one that reads best on its worst. */
function clearest(regions: readonly Uint8Array[], colors: readonly string[], ratio: number): string | undefined {
  const clear = colors.filter((color) => regions.every((samples) => reaches(samples, luminanceOf(color), ratio)));
  if (clear.length < 2) return clear[0];
  const rated = clear.map((color) => ({ color, worst: Math.min(...regions.map((samples) => worstOf(samples, luminanceOf(color)))) }));
  return rated.toSorted((a, b) => b.worst - a.worst)[0]?.color;
}

/** Pure black or white is worse than the style's own, and better than any cushion. */
const PURE_MALUS = 0.02;
const LEAST_SCRIM = 0.12;
/** A light cloud behind dark words shows more than a shade behind light ones. */
const CLOUD_MALUS = 0.25;

/** The lightest touch for one colour. */
function styleIn(samples: Uint8Array, color: string, brand: readonly string[]): TextStyle {
  const cushion = cushionFor(color, brand);
  if (reaches(samples, luminanceOf(color), brand.includes(color) ? AIM : REQUIRED_CONTRAST + 0.05)) return { color, decoration: 'plain', boxColor: cushion };
  for (let alpha = LEAST_SCRIM; alpha <= MAX_SCRIM; alpha += 0.04) {
    if (reaches(samples, luminanceOf(color), AIM, { ...parseColor(cushion), a: alpha })) return { color, decoration: 'scrim', boxColor: withAlpha(cushion, alpha) };
  }
  return plateStyle([color, ...brand]);
}

/** 0 = plain, up to 1 for the strongest cushion; a plate is the last resort. */
function effortOf({ decoration, boxColor }: TextStyle): number {
  if (decoration === 'plain') return 0;
  const isLight = luminanceOf(boxColor.slice(0, 7)) > 0.18;
  return decoration === 'plate' ? 2 : Number.parseInt(boxColor.slice(7), 16) / 255 + (isLight ? CLOUD_MALUS : 0);
}

/** Contrast of a colour against a picture: the ratio that all but the worst hundredth of its pixels reach. */
export function worstContrast(region: Raster, color: string): number {
  return worstOf(samplePixels(region), luminanceOf(color));
}

/** Interleaved RGB of up to 40,000 pixels; the step is odd and no divisor of the width, so that patterns are not missed. */
function samplePixels(region: Raster): Uint8Array {
  const pixels = region.width * region.height;
  let step = Math.max(1, Math.floor(pixels / MAX_SAMPLES));
  while (step > 1 && (step % 2 === 0 || greatestCommonDivisor(step, region.width) > 1)) step++;
  const count = Math.ceil(pixels / step);
  const out = new Uint8Array(count * 3);
  for (let i = 0; i < count; i++) {
    for (let channel = 0; channel < 3; channel++) out[i * 3 + channel] = region.data[i * step * 4 + channel] as number;
  }
  return out;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function worstOf(samples: Uint8Array, textLuminance: number): number {
  const ratios = new Float64Array(samples.length / 3);
  for (let i = 0; i < ratios.length; i++) {
    ratios[i] = luminanceRatio(textLuminance, luminance(samples[i * 3] as number, samples[i * 3 + 1] as number, samples[i * 3 + 2] as number));
  }
  ratios.sort();
  return ratios[Math.floor(ratios.length * WORST_SHARE)] ?? 21;
}

/** Whether `worstOf` is at least `ratio`, also under a scrim. Asked for many strengths: counts, and stops when too many are worse. */
function reaches(samples: Uint8Array, textLuminance: number, ratio: number, scrim: Rgba = NO_SCRIM): boolean {
  const [red, green, blue] = [parts(LUMINANCE.red, scrim.r, scrim.a), parts(LUMINANCE.green, scrim.g, scrim.a), parts(LUMINANCE.blue, scrim.b, scrim.a)];
  let allowed = Math.floor((samples.length / 3) * WORST_SHARE);
  for (let i = 0; i < samples.length; i += 3) {
    const behind = (red[samples[i] as number] as number) + (green[samples[i + 1] as number] as number) + (blue[samples[i + 2] as number] as number);
    if (luminanceRatio(textLuminance, behind) < ratio && --allowed < 0) return false;
  }
  return true;
}

/** What a channel's values under a scrim add to the luminance. */
function parts(weight: number, over: number, alpha: number): Float64Array {
  return Float64Array.from({ length: 256 }, (_, value) => weight * linearOf(value * (1 - alpha) + over * alpha));
}

function plainStyle(samples: Uint8Array, colors: readonly string[]): TextStyle | undefined {
  // A mid grey gives black and white 4.6 at most, and neither margin nor scrim can make that more than it is.
  const color = clearest([samples], colors, colors.includes('#000000') ? REQUIRED_CONTRAST + 0.05 : AIM);
  return color === undefined ? undefined : { color, decoration: 'plain', boxColor: cushionFor(color, colors) };
}

/** How much stronger a cushion may be for the sake of the style's own colours, before black or white take over. */
const BRAND_BONUS = 0.2;

/** The weakest cushion that does. */
function scrimStyle(samples: Uint8Array, brand: readonly string[]): TextStyle | undefined {
  for (let alpha = 0.2; alpha <= MAX_SCRIM + BRAND_BONUS; alpha += 0.04) {
    const found = (alpha <= MAX_SCRIM ? cushioned(samples, brand, brand, alpha) : undefined) ?? cushioned(samples, ['#ffffff', '#000000'], brand, alpha - BRAND_BONUS);
    if (found !== undefined) return found;
  }
  return undefined;
}

function cushioned(samples: Uint8Array, colors: readonly string[], brand: readonly string[], alpha: number): TextStyle | undefined {
  for (const color of alpha >= 0.2 ? colors : []) {
    const cushion = cushionFor(color, brand);
    if (!reaches(samples, luminanceOf(color), AIM, { ...parseColor(cushion), a: alpha })) continue;
    return { color, decoration: 'scrim', boxColor: withAlpha(cushion, alpha) };
  }
  return undefined;
}

function withAlpha(hex: string, alpha: number): string {
  return `${hex}${Math.ceil(alpha * 255).toString(16).padStart(2, '0')}`;
}

function plateStyle(brand: readonly string[]): TextStyle {
  for (const color of [...brand, '#ffffff']) {
    const boxColor = cushionFor(color, brand);
    if (luminanceRatio(luminanceOf(color), luminanceOf(boxColor)) >= AIM) return { color, decoration: 'plate', boxColor };
  }
  return { color: '#ffffff', decoration: 'plate', boxColor: '#000000' };
}

/** The opposite of a text colour: the style's own darkest or lightest where that is dark or light enough. */
function cushionFor(color: string, colors: readonly string[]): string {
  const isLight = luminanceOf(color) > 0.18;
  const own = colors.find((other) => (isLight ? luminanceOf(other) < 0.02 : luminanceOf(other) > 0.8));
  return (own ?? (isLight ? '#07090d' : '#ffffff')).toLowerCase();
}
