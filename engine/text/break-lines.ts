/**
 * Breaks a text into a given number of lines that are about equally long. Widths are estimates in em; the rasteriser checks
 * the result against what Pango draws. Pure.
 */
import { splitGraphemes } from './clean-text.ts';

export interface Word {
  readonly text: string;
  readonly widthEm: number;
  /** Whether a space stands in front of it when it does not begin a line. */
  readonly hasSpace: boolean;
  /** The author broke the line here. */
  readonly mustBreak: boolean;
}

const NO_SPACE_SCRIPTS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Words between which a line may end; scripts without spaces are divided by Unicode's word rules. */
export function splitWords(text: string, language: string, widthEm: (text: string) => number): Word[] {
  const words: Word[] = [];
  for (const [paragraph, line] of text.split('\n').entries()) {
    for (const [i, chunk] of line.split(' ').filter(Boolean).entries()) {
      for (const [j, part] of divideChunk(chunk, language).entries()) {
        words.push({ text: part, widthEm: widthEm(part.replaceAll('\u00ad', '')), hasSpace: j === 0, mustBreak: paragraph > 0 && i === 0 && j === 0 });
      }
    }
  }
  return words;
}

function divideChunk(chunk: string, language: string): string[] {
  if (!NO_SPACE_SCRIPTS.test(chunk)) return [chunk];
  const parts: string[] = [];
  for (const { segment, isWordLike } of segmenterFor(language).segment(chunk)) {
    const isClosing = !isWordLike && !/^[\p{Ps}\p{Pi}]/u.test(segment);
    const last = parts.at(-1);
    if (last !== undefined && (isClosing || /[\p{Ps}\p{Pi}]$/u.test(last))) parts[parts.length - 1] = last + segment;
    else parts.push(segment);
  }
  return parts;
}

function segmenterFor(language: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language || 'und', { granularity: 'word' });
  } catch {
    // Not a language tag; the rules for "undetermined" do.
    return new Intl.Segmenter('und', { granularity: 'word' });
  }
}

export interface Measure {
  readonly spaceEm: number;
  /** Added to every line: padding of a box. */
  readonly extraEm: number;
}

function lineWidth(words: readonly Word[], from: number, to: number, measure: Measure): number {
  let width = measure.extraEm;
  for (let i = from; i < to; i++) width += (words[i]?.widthEm ?? 0) + (i > from && words[i]?.hasSpace ? measure.spaceEm : 0);
  return width;
}

/** The smallest width in em at which the words fit into `lines` lines, or infinity when the author's breaks need more. */
export function narrowestWidth(words: readonly Word[], lines: number, measure: Measure): number {
  return bestBreak(words, lines, (width, worst) => Math.max(width, worst), measure).cost;
}

/** Breaks into exactly `lines` lines not wider than `maxEm`, as even as possible; undefined when that cannot be done. */
export function breakEvenly(words: readonly Word[], lines: number, maxEm: number, measure: Measure): Word[][] | undefined {
  const mean = lineWidth(words, 0, words.length, measure) / lines;
  const { cost, breaks } = bestBreak(words, lines, (width, sum, from, to) => {
    if (width > maxEm + 1e-6) return Infinity;
    return sum + ((width - mean) / mean) ** 2 + awkwardness(words, from, to, width / mean);
  }, measure);
  if (cost === Infinity) return undefined;
  return breaks.map((from, i) => words.slice(from, breaks[i + 1] ?? words.length));
}

/** A lone short word on the last line looks forgotten; a line that ends in "the" or "of" reads badly. */
function awkwardness(words: readonly Word[], from: number, to: number, evenness: number): number {
  const isLast = to === words.length;
  if (isLast) return from > 0 && to - from === 1 && evenness < 0.6 ? 0.6 : 0;
  const last = words[to - 1]?.text ?? '';
  return /^(a|an|the|of|to|in|on|at|by|for|and|or|&|de|la|le|les|el|un|une|und|der|die|das|ein|il|di)$/i.test(last) ? 0.06 : 0;
}

type LineCost = (width: number, before: number, from: number, to: number) => number;

/** Dynamic programming over (lines used, words used). */
function bestBreak(words: readonly Word[], lines: number, cost: LineCost, measure: Measure): { cost: number; breaks: number[] } {
  const count = words.length;
  let costs = new Array<number>(count + 1).fill(Infinity);
  costs[0] = 0;
  const choice: number[][] = [];
  for (let line = 0; line < lines; line++) {
    const next = new Array<number>(count + 1).fill(Infinity);
    const from = new Array<number>(count + 1).fill(-1);
    for (let end = 1; end <= count; end++) {
      for (let start = end - 1; start >= 0; start--) {
        const before = costs[start] ?? Infinity;
        if (before < Infinity) {
          const total = cost(lineWidth(words, start, end, measure), before, start, end);
          if (total < (next[end] ?? Infinity)) [next[end], from[end]] = [total, start];
        }
        // A line that the author began cannot reach further back.
        if (words[start]?.mustBreak) break;
      }
    }
    choice.push(from);
    costs = next;
  }
  const breaks: number[] = [];
  for (let line = lines - 1, end = count; line >= 0 && end > 0; line--) breaks.unshift((end = choice[line]?.[end] ?? 0));
  return { cost: costs[count] ?? Infinity, breaks };
}

/** Fills lines from the top, for text that is too long for its box: words longer than a line are divided, with a hyphen if they have letters. */
export function fillLines(words: readonly Word[], maxEm: number, measure: Measure, widthEm: (text: string) => number): Word[][] {
  const lines: Word[][] = [];
  for (const word of words.flatMap((item) => divideLong(item, maxEm - measure.extraEm, widthEm))) {
    const line = lines.at(-1);
    if (line === undefined || word.mustBreak || lineWidth([...line, word], 0, line.length + 1, measure) > maxEm) lines.push([word]);
    else line.push(word);
  }
  return lines;
}

function divideLong(word: Word, maxEm: number, widthEm: (text: string) => number): Word[] {
  if (word.widthEm <= maxEm) return [word];
  const hyphen = /\p{Script=Latin}|\p{Script=Cyrillic}|\p{Script=Greek}/u.test(word.text) ? '-' : '';
  const graphemes = splitGraphemes(word.text.replaceAll('\u00ad', ''));
  // Pieces of about the same length: a full line and a leftover of two letters reads worse.
  const evenEm = Math.max(maxEm * 0.55, (word.widthEm / Math.ceil(word.widthEm / maxEm)) * 1.06);
  const parts: string[] = [];
  let part = '';
  for (const grapheme of graphemes) {
    if (part !== '' && widthEm(part + grapheme + hyphen) > Math.min(maxEm, evenEm)) {
      parts.push(part + hyphen);
      part = '';
    }
    part += grapheme;
  }
  parts.push(part);
  return parts.map((text, i) => ({ text, widthEm: widthEm(text), hasSpace: i === 0 && word.hasSpace, mustBreak: i === 0 ? word.mustBreak : false }));
}

/** The text of a line. */
export function joinWords(line: readonly Word[]): string {
  return line.map((word, i) => (i > 0 && word.hasSpace ? ' ' : '') + word.text.replaceAll('\u00ad', '')).join('');
}
