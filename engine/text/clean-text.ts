/**
 * Makes any string fit to be set: what has no picture or turns the reading order around is taken out before it comes near
 * Pango. `escapeMarkup` is the one gate into Pango's markup language.
 */

/** Far more than a caption holds (300); a longer one would be cut to an ellipsis anyway. */
const MAX_UNITS = 1200;
const MAX_MARKS = 4;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The user-perceived characters of a text. */
export function splitGraphemes(text: string): string[] {
  return Array.from(graphemes.segment(text), (part) => part.segment);
}

/**
 * Plain text of at most 1,200 units: composed (NFC), without control characters, bidi overrides, invisible spaces and
 * piled-up marks; white space collapsed, line breaks kept as `\n`.
 */
export function cleanText(text: string): string {
  const plain = text
    .slice(0, MAX_UNITS * 4)
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/\r\n?|[\u2028\u2029\u0085\v\f]/g, '\n')
    .replaceAll(/[\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u061c\ufff9-\ufffd]|\p{Noncharacter_Code_Point}/gu, '')
    .replaceAll(/(?!\n)\p{Cc}/gu, ' ')
    .replaceAll(/[^\S\n\u00a0\u202f]+/g, ' ')
    .replaceAll(/ ?\n[ \n]*/g, '\n');
  return limitMarks(plain).slice(0, MAX_UNITS).toWellFormed().replaceAll('\ufffd', '').trim();
}

/** A joiner belongs between two letters; a grapheme carries a few marks, not a tower of them. */
function limitMarks(text: string): string {
  return text
    .replaceAll(new RegExp(`(\\p{M}{${MAX_MARKS}})\\p{M}+`, 'gu'), '$1')
    .replaceAll(/(^|[\s\u200c\u200d])[\u200c\u200d]+/g, '$1')
    .replaceAll(/[\u200c\u200d]+(?=\s|$)/g, '');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand in Pango markup, in content and in quoted attributes. */
export function escapeMarkup(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? '');
}

/** First strong letter decides (Unicode bidi rule P2); numbers and signs have no say. */
export function isRightToLeftText(text: string): boolean {
  const strong = /\p{L}/u.exec(text)?.[0] ?? '';
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(strong);
}

/** Scripts whose letters join or stack; tracking would tear them. */
export function hasJoinedScript(text: string): boolean {
  return /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Thai}\p{Script=Tamil}\p{Script=Telugu}]/u.test(text);
}
