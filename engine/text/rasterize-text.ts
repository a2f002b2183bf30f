/** Paints words with their decoration behind them, as pixels. */
import type { Raster } from '#engine/compositing/raster.ts';
import { parseColor } from './color.ts';
import { drawButton, drawGlow, drawPlate, drawScrim, glowColor, pasteText, scrimColor } from './decorate.ts';
import { type SetText, setText } from './set-text.ts';
import type { TextBlock, TextRequest } from './types.ts';

/**
 * Rasterises a block; the ink fits `maxWidth` × `maxHeight` (with the box of a button or plate). A text without anything
 * to draw gives a raster of one transparent pixel and zero lines. Throws RangeError for a malformed colour.
 */
export async function rasterizeText(request: TextRequest): Promise<TextBlock> {
  return paintText(await setText(request));
}

/** The picture of words that are set. */
export function paintText(text: SetText): TextBlock {
  const { drawn, fontPx, frame, isRightToLeft, missing } = text;
  const raster: Raster = { width: frame.width, height: frame.height, data: new Uint8Array(frame.width * frame.height * 4) };
  const block = { raster, fontPx, ink: frame.ink, isRightToLeft, missing };
  if (drawn === undefined) return { ...block, lines: 0 };
  const { lines, isTruncated } = drawn.fitted;
  decorate(raster, text, drawn);
  pasteText(raster, drawn.letters, frame.left, frame.top);
  const note = isTruncated ? `The text is too long for its place and was shortened to "${lines.join(' ').slice(0, 80)}". Use fewer words.` : undefined;
  return { ...block, lines: lines.length, ...(note === undefined ? {} : { note }) };
}

function decorate(raster: Raster, { request, fontPx, frame: { ink, left, top } }: SetText, { letters, fitted }: NonNullable<SetText['drawn']>): void {
  switch (request.decoration) {
    case 'plain':
      return drawGlow(raster, letters, left, top, fontPx, glowColor(request.color));
    case 'scrim':
      return drawScrim(raster, letters, left, top, fontPx, scrimColor(request.boxColor));
    case 'button':
      return drawButton(raster, ink, fontPx, parseColor(request.boxColor), fitted.lines.length);
    case 'plate':
      return drawPlate(raster, ink, fontPx, parseColor(request.boxColor));
  }
}
