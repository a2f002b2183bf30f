/**
 * Sets one block of words: cleans the text, chooses fonts, breaks it into even lines at the largest size that fits, draws it
 * with Pango and puts its decoration behind it. Called once per caption and ratio.
 */
import type { Raster } from '#engine/compositing/raster.ts';
import { type Word, splitWords } from './break-lines.ts';
import { type FontChoice, chooseFonts, resolveFamily } from './choose-fonts.ts';
import { cleanText, hasJoinedScript, isRightToLeftText } from './clean-text.ts';
import { parseColor } from './color.ts';
import { MARGIN, PADDING, drawButton, drawGlow, drawPlate, drawScrim, glowColor, pasteText, scrimColor } from './decorate.ts';
import { type LineStyle, drawLines, findBaseline } from './draw-lines.ts';
import { type FittedLines, type Metrics, fitLines } from './fit-lines.ts';
import { roleStyle } from './fonts.ts';
import type { TextBlock, TextRequest } from './types.ts';

/**
 * Rasterises a block; the ink fits `maxWidth` × `maxHeight` (with the box of a button or plate). A text without anything
 * to draw gives a raster of one transparent pixel and zero lines. Throws RangeError for a malformed colour.
 */
export async function rasterizeText(request: TextRequest): Promise<TextBlock> {
  parseColor(request.color);
  const clean = cleanText(request.text);
  const isRightToLeft = isRightToLeftText(clean);
  const family = resolveFamily(clean, request.fontFamily);
  const role = roleStyle(request.role, family, hasJoinedScript(clean));
  const fonts = chooseFonts(clean, family, role.weight);
  const words = splitWords(fonts.text, request.language, (text) => widthOf(text, fonts, role.trackingEm));
  const nothing: TextBlock = { raster: { width: 1, height: 1, data: new Uint8Array(4) }, fontPx: request.minFontPx, lines: 0, ink: { x: 0, y: 0, width: 1, height: 1 }, isRightToLeft, missing: fonts.missing };
  if (words.length === 0) return nothing;
  const style: LineStyle = { ...role, families: fonts.families, files: fonts.files, fontPx: request.maxFontPx, color: request.color.slice(0, 7), align: request.align, isRightToLeft, language: request.language };
  const drawn = await drawFitting(words, request, style, fonts);
  if (drawn === undefined) return nothing;
  const { raster, ink } = await decorate(drawn, request);
  const { lines, fontPx, isTruncated } = drawn.fitted;
  const note = isTruncated ? `The text is too long for its place and was shortened to "${lines.join(' ').slice(0, 80)}". Use fewer words.` : undefined;
  return { raster, fontPx, lines: lines.length, ink, isRightToLeft, missing: fonts.missing, ...(note === undefined ? {} : { note }) };
}

function widthOf(text: string, fonts: FontChoice, trackingEm: number): number {
  return fonts.widthEm(text) + Array.from(text).length * trackingEm;
}

interface Drawn {
  readonly text: Raster;
  readonly fitted: FittedLines;
  readonly style: LineStyle;
}

const ROUNDS = 5;

/** Estimated widths know neither kerning nor joining: the drawn block says how much larger or smaller the type may be. */
async function drawFitting(words: readonly Word[], request: TextRequest, role: LineStyle, fonts: FontChoice): Promise<Drawn | undefined> {
  const padding = PADDING[request.decoration];
  const metrics: Metrics = {
    spaceEm: widthOf(' ', fonts, role.trackingEm), extraEm: 2 * padding.x, lineHeightEm: role.lineHeightEm,
    firstLineEm: (request.decoration === 'button' ? 0.78 : 0.96) + 2 * padding.y, widthEm: (text) => widthOf(text, fonts, role.trackingEm),
  };
  let fitted = fitLines(words, request, metrics);
  let best: Drawn | undefined;
  let tooLargePx = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const style = { ...role, fontPx: fitted.fontPx };
    const text = await drawLines(fitted.lines, style);
    if (text === undefined) return undefined;
    const room = Math.min(request.maxWidth / (text.width + 2 * padding.x * fitted.fontPx), request.maxHeight / (text.height + 2 * padding.y * fitted.fontPx));
    if (room >= 1) best = { text, fitted, style };
    else tooLargePx = Math.min(tooLargePx, fitted.fontPx);
    if (room >= 1 && (room < 1.025 || fitted.fontPx >= request.maxFontPx - 0.25 || best !== undefined && round >= 2)) break;
    const wanted = Math.min(request.maxFontPx, fitted.fontPx * room * 0.996, tooLargePx - 0.25);
    // Under the smallest size, or when the width would allow better breaks, the lines are chosen anew.
    fitted = wanted < request.minFontPx ? fitLines(words, { ...request, maxWidth: request.maxWidth * Math.min(1, room) }, metrics) : { ...fitted, fontPx: Math.floor(wanted * 4) / 4 };
  }
  return best ?? shrink(fitted, request, role, padding);
}

/** A last line that still sticks out (a font whose widths we could not read) is made smaller than asked rather than cut. */
async function shrink(fitted: FittedLines, request: TextRequest, role: LineStyle, padding: { x: number; y: number }): Promise<Drawn | undefined> {
  let { fontPx } = fitted;
  for (let round = 0; round < 8; round++) {
    const style = { ...role, fontPx };
    const text = await drawLines(fitted.lines, style);
    if (text === undefined) return undefined;
    const room = Math.min(request.maxWidth / (text.width + 2 * padding.x * fontPx), request.maxHeight / (text.height + 2 * padding.y * fontPx));
    if (room >= 1 || fontPx <= 4 || round === 7) return { text, fitted: { ...fitted, fontPx }, style };
    fontPx = Math.max(4, Math.floor(fontPx * room * 0.99 * 4) / 4);
  }
  return undefined;
}

async function decorate(drawn: Drawn, request: TextRequest): Promise<Pick<TextBlock, 'raster' | 'ink'>> {
  const { text, fitted: { fontPx, lines } } = drawn;
  const margin = Math.ceil(MARGIN[request.decoration] * fontPx);
  if (request.decoration === 'plain' || request.decoration === 'scrim') {
    const raster = emptyRaster(text.width + 2 * margin, text.height + 2 * margin);
    const ink = { x: margin, y: margin, width: text.width, height: text.height };
    if (request.decoration === 'scrim') drawScrim(raster, text, margin, margin, fontPx, scrimColor(request.boxColor));
    else drawGlow(raster, text, margin, margin, fontPx, glowColor(request.color));
    pasteText(raster, text, margin, margin);
    return { raster, ink };
  }
  const { box, textTop } = await boxRound(drawn, request, margin);
  const raster = emptyRaster(box.width + 2 * margin, box.height + 2 * margin);
  if (request.decoration === 'button') drawButton(raster, box, fontPx, parseColor(request.boxColor), lines.length);
  else drawPlate(raster, box, fontPx, parseColor(request.boxColor));
  pasteText(raster, text, box.x + Math.round((box.width - text.width) / 2), textTop);
  return { raster, ink: box };
}

/**
 * The box of a button or plate. A button holds the height of its capitals in the middle, so that descenders do not push the
 * word up and all buttons of a film look alike.
 */
async function boxRound(drawn: Drawn, request: TextRequest, margin: number): Promise<{ box: TextBlock['ink']; textTop: number }> {
  const { text, style, fitted: { fontPx, lines } } = drawn;
  const padding = PADDING[request.decoration];
  const padX = Math.round(padding.x * fontPx);
  const padY = Math.round(padding.y * fontPx);
  const width = text.width + 2 * padX;
  const { baseline, capHeight } = await findBaseline(lines, style);
  const body = capHeight + (lines.length - 1) * style.lineHeightEm * fontPx;
  const isLatin = capHeight > 0 && Math.abs(baseline - capHeight) < 0.25 * fontPx;
  if (!isLatin) return { box: { x: margin, y: margin, width, height: text.height + 2 * padY }, textTop: margin + padY };
  const below = Math.max(0, text.height - (baseline - capHeight) - body);
  const height = Math.min(Math.round(body + 2 * padY), Math.floor(request.maxHeight));
  const top = Math.round((height - body) / 2 - (baseline - capHeight));
  // Deep descenders keep their distance from the edge.
  const extra = Math.max(0, Math.ceil(below - padY * 0.75));
  return { box: { x: margin, y: margin, width, height: height + extra }, textTop: margin + top };
}

function emptyRaster(width: number, height: number): Raster {
  return { width, height, data: new Uint8Array(width * height * 4) };
}
