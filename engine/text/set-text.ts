/**
 * Sets one block of words: cleans the text, chooses fonts, breaks it into even lines at the largest size that fits, and draws
 * its letters with Pango. What stands behind them does not move them, so it is painted when the look is known.
 */
import type { Raster } from '#engine/compositing/raster.ts';
import { type Word, splitWords } from './break-lines.ts';
import { type FontChoice, chooseFonts, resolveFamily } from './choose-fonts.ts';
import { cleanText, hasJoinedScript, isRightToLeftText } from './clean-text.ts';
import { parseColor } from './color.ts';
import { PADDING } from './decorate.ts';
import { type LineStyle, drawLines } from './draw-lines.ts';
import { type FittedLines, type Metrics, fitLines } from './fit-lines.ts';
import { roleStyle } from './fonts.ts';
import { type TextFrame, frameLetters } from './frame-letters.ts';
import type { TextBlock, TextRequest } from './types.ts';

/** A block of words in its size. */
export interface SetText {
  readonly request: TextRequest;
  readonly fontPx: number;
  readonly isRightToLeft: boolean;
  readonly missing: TextBlock['missing'];
  /** Of the picture to come. */
  readonly frame: TextFrame;
  /** Undefined when there is nothing to draw. */
  readonly drawn?: DrawnLines;
}

interface DrawnLines {
  /** Cropped to the ink. */
  readonly letters: Raster;
  readonly fitted: FittedLines;
  readonly style: LineStyle;
}

const NO_FRAME: TextFrame = { width: 1, height: 1, ink: { x: 0, y: 0, width: 1, height: 1 }, left: 0, top: 0 };

/** The ink fits `maxWidth` × `maxHeight` (with the box of a button or plate). Throws RangeError for a malformed colour. */
export async function setText(request: TextRequest): Promise<SetText> {
  parseColor(request.color);
  const clean = cleanText(request.text);
  const isRightToLeft = isRightToLeftText(clean);
  const family = resolveFamily(clean, request.fontFamily);
  const role = roleStyle(request.role, family, hasJoinedScript(clean));
  const fonts = chooseFonts(clean, family, role.weight);
  const words = splitWords(fonts.text, request.language, (text) => widthOf(text, fonts, role.trackingEm));
  const style: LineStyle = { ...role, families: fonts.families, files: fonts.files, fontPx: request.maxFontPx, color: opaque(request.color), align: request.align, isRightToLeft, language: request.language };
  const drawn = words.length === 0 ? undefined : await drawFitting(words, request, style, fonts);
  const { missing } = fonts;
  if (drawn === undefined) return { request, fontPx: request.minFontPx, isRightToLeft, missing, frame: NO_FRAME };
  return { request, fontPx: drawn.fitted.fontPx, isRightToLeft, missing, frame: await frameDrawn(drawn, request), drawn };
}

/** The same words in another look. They are fitted anew only when it leaves them another room, and drawn anew only in another colour. */
export async function restyleText(text: SetText, look: Pick<TextRequest, 'color' | 'decoration' | 'boxColor'>): Promise<SetText> {
  const request = { ...text.request, ...look };
  if (text.drawn === undefined || !hasSameRoom(look.decoration, text.request.decoration)) return setText(request);
  const style = { ...text.drawn.style, color: opaque(look.color) };
  const letters = style.color === text.drawn.style.color ? text.drawn.letters : await drawLines(text.drawn.fitted.lines, style);
  if (letters === undefined) return setText(request);
  const drawn = { ...text.drawn, letters, style };
  return { ...text, request, drawn, frame: await frameDrawn(drawn, request) };
}

function hasSameRoom(one: TextRequest['decoration'], other: TextRequest['decoration']): boolean {
  return one === other || (PADDING[one].x === 0 && PADDING[other].x === 0);
}

function frameDrawn({ letters, fitted, style }: DrawnLines, request: TextRequest): Promise<TextFrame> {
  return frameLetters(letters, fitted.lines, style, request);
}

function opaque(color: string): string {
  return color.slice(0, 7);
}

function widthOf(text: string, fonts: FontChoice, trackingEm: number): number {
  return fonts.widthEm(text) + Array.from(text).length * trackingEm;
}

const ROUNDS = 5;

/** Estimated widths know neither kerning nor joining: the drawn block says how much larger or smaller the type may be. */
async function drawFitting(words: readonly Word[], request: TextRequest, role: LineStyle, fonts: FontChoice): Promise<DrawnLines | undefined> {
  const padding = PADDING[request.decoration];
  const metrics: Metrics = {
    spaceEm: widthOf(' ', fonts, role.trackingEm), extraEm: 2 * padding.x, lineHeightEm: role.lineHeightEm,
    firstLineEm: (request.decoration === 'button' ? 0.78 : 0.96) + 2 * padding.y, widthEm: (text) => widthOf(text, fonts, role.trackingEm),
  };
  let fitted = fitLines(words, request, metrics);
  let best: DrawnLines | undefined;
  let tooLargePx = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const style = { ...role, fontPx: fitted.fontPx };
    const letters = await drawLines(fitted.lines, style);
    if (letters === undefined) return undefined;
    const room = Math.min(request.maxWidth / (letters.width + 2 * padding.x * fitted.fontPx), request.maxHeight / (letters.height + 2 * padding.y * fitted.fontPx));
    if (room >= 1) best = { letters, fitted, style };
    else tooLargePx = Math.min(tooLargePx, fitted.fontPx);
    if (room >= 1 && (room < 1.025 || fitted.fontPx >= request.maxFontPx - 0.25 || best !== undefined && round >= 2)) break;
    const wanted = Math.min(request.maxFontPx, fitted.fontPx * room * 0.996, tooLargePx - 0.25);
    // Under the smallest size, or when the width would allow better breaks, the lines are chosen anew.
    fitted = wanted < request.minFontPx ? fitLines(words, { ...request, maxWidth: request.maxWidth * Math.min(1, room) }, metrics) : { ...fitted, fontPx: Math.floor(wanted * 4) / 4 };
  }
  return best ?? shrink(fitted, request, role, padding);
}

/** A last line that still sticks out (a font whose widths we could not read) is made smaller than asked rather than cut. */
async function shrink(fitted: FittedLines, request: TextRequest, role: LineStyle, padding: { x: number; y: number }): Promise<DrawnLines | undefined> {
  let { fontPx } = fitted;
  for (let round = 0; round < 8; round++) {
    const style = { ...role, fontPx };
    const letters = await drawLines(fitted.lines, style);
    if (letters === undefined) return undefined;
    const room = Math.min(request.maxWidth / (letters.width + 2 * padding.x * fontPx), request.maxHeight / (letters.height + 2 * padding.y * fontPx));
    if (room >= 1 || fontPx <= 4 || round === 7) return { letters, fitted: { ...fitted, fontPx }, style };
    fontPx = Math.max(4, Math.floor(fontPx * room * 0.99 * 4) / 4);
  }
  return undefined;
}
