/** The one module that calls Pango (through sharp): lines of text → pixels, cropped to their ink. */
import sharp from 'sharp';
import type { Raster } from '#engine/compositing/raster.ts';
import { escapeMarkup } from './clean-text.ts';
import { isolateFonts } from './isolate-fonts.ts';

export interface LineStyle {
  readonly families: readonly string[];
  readonly files: readonly string[];
  readonly weight: number;
  readonly fontPx: number;
  readonly trackingEm: number;
  readonly lineHeightEm: number;
  readonly color: string;
  /** As Pango means it: in a block that runs from right to left, `left` is where its lines begin. */
  readonly align: 'left' | 'center' | 'right';
  readonly isRightToLeft: boolean;
  readonly language: string;
}

/** Pango counts in 1024ths of a point, and at 72 dpi a point is a pixel. */
const PANGO_UNITS = 1024;

/**
 * libvips hands a font file to fontconfig once per process and keeps it, for all threads. So each file is named in a tiny
 * rendering of its own once, after which Pango finds all of them by family, whatever the machine has installed and even
 * where it has no fontconfig configuration at all.
 */
const known = new Map<string, Promise<unknown>>();

async function introduceFonts(files: readonly string[]): Promise<void> {
  isolateFonts();
  for (const file of files) {
    let introduced = known.get(file);
    if (introduced === undefined) {
      introduced = sharp({ text: { text: '.', fontfile: file, dpi: 72 } }).raw().toBuffer();
      known.set(file, introduced);
    }
    await introduced;
  }
}

/** Draws lines under each other on one baseline grid. Undefined when there is no ink (nothing but spaces). */
export async function drawLines(lines: readonly string[], style: LineStyle): Promise<Raster | undefined> {
  await introduceFonts(style.files);
  try {
    const { data, info } = await sharp({ text: { text: compileMarkup(lines, style), rgba: true, dpi: 72, align: style.align === 'center' ? 'centre' : style.align, wrap: 'none' } })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return trim({ width: info.width, height: info.height, data });
  } catch (error) {
    if (error instanceof Error && /no text to render/.test(error.message)) return undefined;
    throw error;
  }
}

/** Ink fainter than this does not count; Pango's own box has up to two empty pixels on a side. */
const FAINT_ALPHA = 32;

/** Looks at each edge from outside and stops at ink: most of a block's inside is never read. */
function trim({ width, height, data }: Raster): Raster | undefined {
  const isInk = (x: number, y: number): boolean => (data[(y * width + x) * 4 + 3] as number) >= FAINT_ALPHA;
  const hasInk = (y: number): boolean => {
    for (let x = 0; x < width; x++) if (isInk(x, y)) return true;
    return false;
  };
  let [left, top, right, bottom] = [width, 0, -1, height - 1];
  while (top < height && !hasInk(top)) top++;
  if (top === height) return undefined;
  while (!hasInk(bottom)) bottom--;
  for (let y = top; y <= bottom; y++) {
    for (let x = 0; x < left; x++) if (isInk(x, y)) left = x;
    for (let x = width - 1; x > right; x--) if (isInk(x, y)) right = x;
  }
  const out = new Uint8Array((right - left + 1) * (bottom - top + 1) * 4);
  for (let y = top; y <= bottom; y++) out.set(data.subarray((y * width + left) * 4, (y * width + right + 1) * 4), (y - top) * (right - left + 1) * 4);
  return { width: right - left + 1, height: bottom - top + 1, data: out };
}

/** Pure: the markup of a block. Only `escapeMarkup`ed text and numbers of ours stand in it. */
export function compileMarkup(lines: readonly string[], style: LineStyle): string {
  // Every line is a paragraph to Pango; the mark keeps a line that begins with a foreign word in the reading order of the whole.
  const mark = style.isRightToLeft ? '\u200f' : '\u200e';
  const attributes: Record<string, string | number> = {
    font_family: [...style.families].join(', '),
    weight: style.weight,
    size: Math.round(style.fontPx * PANGO_UNITS),
    letter_spacing: Math.round(style.trackingEm * style.fontPx * PANGO_UNITS),
    // A whole number over 1024 is an absolute height; a factor would follow each font's own idea of a line.
    line_height: Math.round(style.lineHeightEm * style.fontPx * PANGO_UNITS),
    foreground: style.color,
    ...(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(style.language) ? { lang: style.language } : {}),
  };
  const opening = Object.entries(attributes).map(([name, value]) => `${name}="${escapeMarkup(String(value))}"`).join(' ');
  return `<span ${opening}>${lines.map((line) => mark + escapeMarkup(line)).join('\n')}</span>`;
}

/**
 * Where the first baseline lies in the picture of `lines`, pixels from its top, and how tall a capital H is. Found by drawing the
 * block once more with an H on an extra line: its foot stands on the last baseline of the grid.
 */
export async function findBaseline(lines: readonly string[], style: LineStyle): Promise<{ baseline: number; capHeight: number }> {
  const tall = { ...style, lineHeightEm: Math.max(2, style.lineHeightEm) };
  const first = lines.slice(0, 1);
  const [probe, capital] = await Promise.all([drawLines([...first, 'H'], tall), drawLines(['H'], style)]);
  if (probe === undefined || capital === undefined) return { baseline: 0, capHeight: 0 };
  return { baseline: probe.height - tall.lineHeightEm * style.fontPx, capHeight: capital.height };
}
