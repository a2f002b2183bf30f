/** Decides which fonts a text is set in, and what cannot be drawn at all: that is taken out, not shown as boxes. */
import { splitGraphemes } from './clean-text.ts';
import { type FontFace, readFontFace } from './font-face.ts';
import { BUNDLED_TEXT_FAMILIES, FALLBACK_FAMILIES, bundledFontFile } from './fonts.ts';
import { findInstalledFamily, findInstalledFonts } from './system-fonts.ts';

export interface FontChoice {
  /** Families for Pango, in order of preference. */
  readonly families: readonly string[];
  /** Files that Pango must know. */
  readonly files: readonly string[];
  /** The text without what no font can draw. */
  readonly text: string;
  readonly missing: string[];
  /** Unshaped width of a string in em, for line breaking. */
  widthEm(text: string): number;
}

const faces = new Map<string, FontFace>();

function bundledFace(family: string, weight: number): FontFace | undefined {
  const file = bundledFontFile(family, weight);
  if (file === undefined) return undefined;
  let face = faces.get(file);
  if (face === undefined) {
    face = readFontFace(file);
    if (face === undefined) throw new Error(`The bundled font ${file} is broken. Install the program again.`);
    faces.set(file, face);
  }
  return face;
}

/** Chooses fonts for `text`; `wanted` comes from `resolveFamily`. */
export function chooseFonts(text: string, wanted: string, weight: number): FontChoice {
  const names = [...new Set([wanted, ...FALLBACK_FAMILIES])];
  const own = bundledFontFile(wanted, weight) === undefined ? findInstalledFamily(wanted) : [];
  const known = [...own, ...names.flatMap((name) => bundledFace(name, weight) ?? [])];
  const uncovered = new Set([...text].map((letter) => letter.codePointAt(0) ?? 0).filter((codePoint) => !isDrawn(codePoint, known)));
  const installed = findInstalledFonts(uncovered);
  const all = [...known, ...installed];
  const missing = new Set<string>();
  const kept = splitGraphemes(text).map((grapheme) => {
    if ([...grapheme].every((letter) => isDrawn(letter.codePointAt(0) ?? 0, all))) return grapheme;
    missing.add(grapheme);
    return '';
  });
  return {
    families: [...names, ...installed.map((face) => face.family).filter(Boolean)],
    files: all.map((face) => face.path),
    text: kept.join('').replaceAll(/ {2,}/g, ' ').trim(),
    missing: [...missing].slice(0, 50),
    widthEm: (part) => [...part].reduce((sum, letter) => sum + advance(letter.codePointAt(0) ?? 0, all), 0),
  };
}

/**
 * The family that a text is set in; `family` may be bundled, installed or unknown. A display face that lacks letters of the
 * text gives way as a whole: words in two faces look broken.
 */
export function resolveFamily(text: string, family: string): string {
  const name = family.trim().replaceAll(/[,\n]/g, ' ').slice(0, 80);
  const bundled = BUNDLED_TEXT_FAMILIES.find((known) => known.toLowerCase() === name.toLowerCase());
  if (bundled === undefined) return name === '' ? 'Inter' : name;
  const letters = text.match(/[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/gu) ?? [];
  const face = bundledFace(bundled, 400);
  return letters.every((letter) => face?.covers(letter.codePointAt(0) ?? 0)) ? bundled : 'Inter';
}

/** White space, joiners, variation selectors and emoji tags need no picture of their own. */
function isDrawn(codePoint: number, all: readonly FontFace[]): boolean {
  if (/[\s\u00ad\u200c\u200d\ufe00-\ufe0f\u{e0020}-\u{e007f}]/u.test(String.fromCodePoint(codePoint))) return true;
  return all.some((face) => face.covers(codePoint));
}

function advance(codePoint: number, all: readonly FontFace[]): number {
  return all.find((face) => face.covers(codePoint))?.advanceEm(codePoint) ?? 0;
}
