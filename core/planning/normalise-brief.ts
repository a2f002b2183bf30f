/**
 * Makes a brief out of whatever came in (a JSON file, form fields, a model's text): cuts to the schema's limits with a
 * note instead of failing, takes out characters that have no place on a screen (controls, bidi overrides, lone
 * surrogates) and collapses white space. Markup stays as it is and is shown literally. Line breaks survive only in the
 * long fields, where they separate thoughts.
 */
import { briefSchema, type Brief } from '../project/schema.ts';
import { normaliseLanguageTag } from './language/normalise-language-tag.ts';

const LIMITS: Readonly<Record<keyof Brief, number>> = {
  productName: 120, description: 2000, audience: 500, message: 500, callToAction: 80, tone: 120, language: 35,
};
const MULTI_LINE: ReadonlySet<string> = new Set(['description', 'message']);

/** The cleaned brief, and one sentence for each thing that was changed in a way the user should know. Never throws. */
export function normaliseBrief(raw: unknown): { brief: Brief; notes: string[] } {
  const notes: string[] = [];
  const fields: Partial<Record<keyof Brief, string>> = {};
  for (const field of Object.keys(LIMITS) as (keyof Brief)[]) {
    fields[field] = normaliseField(field, readField(raw, field), notes);
  }
  fields.language = normaliseLanguage(fields.language ?? '', notes);
  return { brief: briefSchema.parse(fields), notes };
}

function readField(raw: unknown, field: string): unknown {
  return typeof raw === 'object' && raw !== null && Object.hasOwn(raw, field) ? (raw as Record<string, unknown>)[field] : '';
}

function normaliseField(field: keyof Brief, value: unknown, notes: string[]): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string' && typeof value !== 'number') {
    notes.push(`The brief's ${field} is not text and was left out.`);
    return '';
  }
  const limit = LIMITS[field];
  // Cutting before cleaning bounds the work on a hostile brief; cleaning only ever shortens.
  const text = cleanText(String(value).slice(0, limit * 8), MULTI_LINE.has(field));
  if (text.length <= limit && String(value).length <= limit * 8) return text;
  notes.push(`The brief's ${field} has ${String(value).length} characters; only the first ${limit} are used.`);
  return cutText(text, limit);
}

/** Takes out what must not reach a screen and collapses white space; keeps single line breaks when `keepLines`. */
export function cleanText(text: string, keepLines = false): string {
  const visible = text
    .replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, '\n')
    .replace(/\p{Surrogate}/gu, '')
    // C0 and C1 controls, bidi marks and overrides, zero-width space, word joiner, BOM, interlinear and tag characters.
    // Zero-width (non-)joiners stay: Persian, Indic scripts and emoji need them.
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu, (char) => (char === '\t' ? ' ' : ''));
  const lines = visible.split('\n').map((line) => line.replace(/\s+/gu, ' ').trim()).filter((line) => line !== '');
  return lines.join(keepLines ? '\n' : ' ');
}

/** At most `limit` UTF-16 units, cut at a word end when one is near and never inside a character. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = /[\ud800-\udbff]/.test(text[limit - 1] ?? '') ? limit - 1 : limit;
  const cut = text.slice(0, end);
  const lastSpace = cut.search(/\s\S*$/u);
  return (lastSpace > limit * 0.8 && /\S/u.test(text[end] ?? '') ? cut.slice(0, lastSpace) : cut).trim();
}

function normaliseLanguage(text: string, notes: string[]): string {
  const tag = normaliseLanguageTag(text);
  if (tag === '' && text !== '') notes.push(`The brief's language ${JSON.stringify(cutText(text, 20))} is not a language tag such as "en" or "pt-BR"; it is detected from the text instead.`);
  return tag;
}
