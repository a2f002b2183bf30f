/** Chooses line breaks and the largest type size for a box, from estimated widths. Pure; the rasteriser corrects the size. */
import { type Measure, type Word, breakEvenly, fillLines, joinWords, narrowestWidth } from './break-lines.ts';

export interface Box {
  readonly maxWidth: number;
  readonly maxHeight: number;
  readonly minFontPx: number;
  readonly maxFontPx: number;
  readonly maxLines: number;
}

export interface Metrics extends Measure {
  readonly lineHeightEm: number;
  /** Height of one line of ink with padding, em. */
  readonly firstLineEm: number;
  widthEm(text: string): number;
}

export interface FittedLines {
  readonly lines: readonly string[];
  readonly fontPx: number;
  readonly isTruncated: boolean;
}

/** Fewer lines win against type that is larger by less than this. */
const LARGER_ENOUGH = 1.07;

/** The lines and their size; at the smallest size words are divided and, if nothing helps, the end is cut off. */
export function fitLines(words: readonly Word[], box: Box, metrics: Metrics): FittedLines {
  let best: { count: number; fontPx: number } | undefined;
  for (let count = 1; count <= Math.min(box.maxLines, words.length); count++) {
    const widest = narrowestWidth(words, count, metrics);
    const fontPx = Math.min(box.maxFontPx, box.maxWidth / widest, largestForHeight(count, box, metrics));
    if (fontPx >= box.minFontPx && (best === undefined || fontPx > best.fontPx * LARGER_ENOUGH)) best = { count, fontPx };
  }
  if (best === undefined) return squeeze(words, box, metrics);
  const lines = breakEvenly(words, best.count, (box.maxWidth / best.fontPx) * 1.0001, metrics) ?? [words.slice()];
  return { lines: lines.map(joinWords), fontPx: best.fontPx, isTruncated: false };
}

function largestForHeight(count: number, box: Box, metrics: Metrics): number {
  return box.maxHeight / ((count - 1) * metrics.lineHeightEm + metrics.firstLineEm);
}

function squeeze(words: readonly Word[], box: Box, metrics: Metrics): FittedLines {
  // Words of the author's own lines flow together when there is no room for his breaks.
  const flowing = words.map((word) => ({ ...word, mustBreak: false }));
  const maxEm = box.maxWidth / box.minFontPx;
  const lines = fillLines(flowing, maxEm, metrics, metrics.widthEm);
  let room = box.maxLines;
  while (room > 1 && largestForHeight(room, box, metrics) < box.minFontPx) room--;
  if (lines.length <= room) return { lines: lines.map(joinWords), fontPx: box.minFontPx, isTruncated: false };
  const kept = lines.slice(0, room).map((line) => [...line]);
  return { lines: [...kept.slice(0, -1).map(joinWords), endWithEllipsis(kept.at(-1) ?? [], maxEm - metrics.extraEm, metrics)], fontPx: box.minFontPx, isTruncated: true };
}

function endWithEllipsis(line: Word[], maxEm: number, metrics: Metrics): string {
  while (line.length > 1 && metrics.widthEm(`${joinWords(line)}…`) > maxEm) line.pop();
  let text = joinWords(line).replace(/[\s.,;:!?\-–—]+$/u, '');
  while (text.length > 1 && metrics.widthEm(`${text}…`) > maxEm) text = Array.from(text).slice(0, -1).join('');
  return `${text}…`;
}
