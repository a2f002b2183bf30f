/** Words, numbers and telling symbols of a text, with clause ends, for the claims guard. */
import { foldText } from './fold-text.ts';

/** One word, number or telling symbol. */
export interface Token {
  /** Folded. A number has `.` for any decimal or grouping mark. */
  readonly text: string;
  readonly kind: 'word' | 'number' | 'code' | 'symbol';
  /** True when punctuation that separates thoughts follows. */
  readonly endsClause: boolean;
}

const PATTERN = /(?<number>\p{N}+(?:[.,'’]\p{N}+|\u0020\p{N}{3}(?!\p{N}))*)(?<unit>[\p{L}]*)(?<tail>\p{N}[\p{L}\p{N}]*)?|(?<word>(?:(?:[ldjmtsnc]|qu|dell|nell|all|sull|dall|quell)(?=['’]\p{L})|[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*(?:\p{N}[\p{L}\p{N}]*)?))|(?<symbol>[#%‰°+×<>=/~№\p{Sc}٪]|[−-](?=\p{N})|[\u2605\u2606\u2729-\u2730\u2b50\u{1f31f}\u{1f3c5}-\u{1f3c6}\u{1f396}\u{1f947}-\u{1f949}\u{1f4af}\u{1f51f}\u{1f193}\u{1f195}\u{1f4b0}-\u{1f4b9}\u{1f51d}\u{1f53c}-\u{1f53d}]+)|(?<stop>[.,;:!?…()[\]{}"“”„«»|•\n—–、。，；：！？؟،]+)/gu;

/** Tokens in order. Anything else (emoji, quotes) separates words but is not a token. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of foldText(text).matchAll(PATTERN)) {
    const { number, unit, tail, word, symbol, stop } = match.groups ?? {};
    if (stop !== undefined) endClause(tokens);
    else if (symbol !== undefined) tokens.push({ text: symbol, kind: 'symbol', endsClause: false });
    else if (word !== undefined) tokens.push({ text: word.replace(/['’]/g, ''), kind: /\p{N}/u.test(word) ? 'code' : 'word', endsClause: false });
    else if (tail !== undefined) tokens.push({ text: `${number}${unit}${tail}`, kind: 'code', endsClause: false });
    else pushNumber(tokens, number ?? '', unit ?? '');
  }
  return tokens;
}

function endClause(tokens: Token[]): void {
  const last = tokens.pop();
  if (last !== undefined) tokens.push({ ...last, endsClause: true });
}

function pushNumber(tokens: Token[], number: string, unit: string): void {
  const value = number.replace(/[ '’]/g, '').replace(/,/g, '.');
  // A letter O or l at the end is a disguised digit ("1O"); anything else is a unit ("330ml").
  if (/^[oil]+$/.test(unit) && unit !== 'l') tokens.push({ text: value + unit, kind: 'code', endsClause: false });
  else {
    tokens.push({ text: value, kind: 'number', endsClause: false });
    if (unit !== '') tokens.push({ text: unit, kind: 'word', endsClause: false });
  }
}
