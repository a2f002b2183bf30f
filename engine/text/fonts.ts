/**
 * The fonts that come with the program (npm packages of Google Fonts, all under the SIL Open Font License): family →
 * files, and which weight, tracking and line height each role is set in.
 */
import { createRequire } from 'node:module';
import { unpackedPath } from '#core/lib/unpacked-path.ts';
import type { CaptionRole } from '#core/project/schema.ts';

interface BundledFamily {
  readonly folder: string;
  /** Start of the file names: `Inter_700Bold.ttf`. */
  readonly file: string;
  readonly weights: readonly number[];
}

const WEIGHT_NAMES: Readonly<Record<number, string>> = { 400: 'Regular', 500: 'Medium', 600: 'SemiBold', 700: 'Bold', 800: 'ExtraBold' };

const FAMILIES: Readonly<Record<string, BundledFamily>> = {
  Inter: { folder: 'inter', file: 'Inter', weights: [400, 500, 600, 700, 800] },
  Outfit: { folder: 'outfit', file: 'Outfit', weights: [400, 500, 600, 700, 800] },
  'Playfair Display': { folder: 'playfair-display', file: 'PlayfairDisplay', weights: [400, 500, 600, 700, 800] },
  'Space Grotesk': { folder: 'space-grotesk', file: 'SpaceGrotesk', weights: [400, 500, 600, 700] },
  'Noto Sans Arabic': { folder: 'noto-sans-arabic', file: 'NotoSansArabic', weights: [400, 500, 600, 700, 800] },
  'Noto Sans Hebrew': { folder: 'noto-sans-hebrew', file: 'NotoSansHebrew', weights: [400, 500, 600, 700, 800] },
  'Noto Color Emoji': { folder: 'noto-color-emoji', file: 'NotoColorEmoji', weights: [400] },
};

/** Families that a brand kit may name without installing anything. */
export const BUNDLED_TEXT_FAMILIES: readonly string[] = ['Inter', 'Outfit', 'Playfair Display', 'Space Grotesk'];

/** Asked in this order for what the chosen family lacks. */
export const FALLBACK_FAMILIES: readonly string[] = ['Inter', 'Noto Sans Arabic', 'Noto Sans Hebrew', 'Noto Color Emoji'];

const require = createRequire(import.meta.url);

/** Absolute path of the bundled file of a family that is nearest in weight; undefined for a family that is not bundled. */
export function bundledFontFile(family: string, weight: number): string | undefined {
  const entry = FAMILIES[family];
  if (entry === undefined) return undefined;
  const nearest = entry.weights.reduce((best, candidate) => (Math.abs(candidate - weight) < Math.abs(best - weight) ? candidate : best));
  const style = `${nearest}${WEIGHT_NAMES[nearest]}`;
  return unpackedPath(require.resolve(`@expo-google-fonts/${entry.folder}/${style}/${entry.file}_${style}.ttf`)); // sharp reads it itself
}

/** Every bundled file; `adgen doctor` lists them. */
export function bundledFonts(): { readonly family: string; readonly weight: number; readonly path: string }[] {
  return Object.entries(FAMILIES).flatMap(([family, { weights }]) => weights.map((weight) => ({ family, weight, path: bundledFontFile(family, weight) ?? '' })));
}

/** How a role is set; lengths in em. */
export interface RoleStyle {
  readonly weight: number;
  readonly trackingEm: number;
  readonly lineHeightEm: number;
}

const ROLE_STYLES: Readonly<Record<CaptionRole, RoleStyle>> = {
  headline: { weight: 800, trackingEm: -0.018, lineHeightEm: 1.05 },
  brand: { weight: 700, trackingEm: -0.012, lineHeightEm: 1.08 },
  support: { weight: 500, trackingEm: -0.002, lineHeightEm: 1.24 },
  callToAction: { weight: 700, trackingEm: 0.004, lineHeightEm: 1.15 },
  legal: { weight: 400, trackingEm: 0.006, lineHeightEm: 1.3 },
};

/** Display faces that are heavy enough at bold. */
const BOLD_ENOUGH: ReadonlySet<string> = new Set(['Outfit', 'Playfair Display', 'Space Grotesk']);

/** `isJoined`: letters that join or carry marks above and below get no tracking, and more room between the lines. */
export function roleStyle(role: CaptionRole, family: string, isJoined: boolean): RoleStyle {
  const base = ROLE_STYLES[role];
  const style = BOLD_ENOUGH.has(family) ? { ...base, weight: Math.min(700, base.weight) } : base;
  return isJoined ? { ...style, trackingEm: 0, lineHeightEm: Math.max(1.35, style.lineHeightEm) } : style;
}
