/** Where words stand in their picture: round them lies what their decoration needs. */
import type { Raster } from '#engine/compositing/raster.ts';
import { type Box, MARGIN, PADDING } from './decorate.ts';
import { type LineStyle, findBaseline } from './draw-lines.ts';
import type { TextRequest } from './types.ts';

export interface TextFrame {
  readonly width: number;
  readonly height: number;
  /** Of the words, or of the button or plate round them. */
  readonly ink: Box;
  /** Of the letters. */
  readonly left: number;
  readonly top: number;
}

/** @param letters `lines` as drawn in `style` */
export async function frameLetters(letters: Raster, lines: readonly string[], style: LineStyle, request: TextRequest): Promise<TextFrame> {
  const margin = Math.ceil(MARGIN[request.decoration] * style.fontPx);
  if (request.decoration === 'plain' || request.decoration === 'scrim') {
    const ink = { x: margin, y: margin, width: letters.width, height: letters.height };
    return { width: letters.width + 2 * margin, height: letters.height + 2 * margin, ink, left: margin, top: margin };
  }
  const { box, textTop } = await boxRound(letters, lines, style, request, margin);
  return { width: box.width + 2 * margin, height: box.height + 2 * margin, ink: box, left: box.x + Math.round((box.width - letters.width) / 2), top: textTop };
}

/**
 * The box of a button or plate. A button holds the height of its capitals in the middle, so that descenders do not push the
 * word up and all buttons of a film look alike.
 */
async function boxRound(letters: Raster, lines: readonly string[], style: LineStyle, request: TextRequest, margin: number): Promise<{ box: Box; textTop: number }> {
  const { fontPx } = style;
  const padding = PADDING[request.decoration];
  const padX = Math.round(padding.x * fontPx);
  const padY = Math.round(padding.y * fontPx);
  const width = letters.width + 2 * padX;
  const { baseline, capHeight } = await findBaseline(lines, style);
  const body = capHeight + (lines.length - 1) * style.lineHeightEm * fontPx;
  const isLatin = capHeight > 0 && Math.abs(baseline - capHeight) < 0.25 * fontPx;
  if (!isLatin) return { box: { x: margin, y: margin, width, height: letters.height + 2 * padY }, textTop: margin + padY };
  const below = Math.max(0, letters.height - (baseline - capHeight) - body);
  const height = Math.min(Math.round(body + 2 * padY), Math.floor(request.maxHeight));
  const top = Math.round((height - body) / 2 - (baseline - capHeight));
  // Deep descenders keep their distance from the edge.
  const extra = Math.max(0, Math.ceil(below - padY * 0.75));
  return { box: { x: margin, y: margin, width, height: height + extra }, textTop: margin + top };
}
