/**
 * What a user types into the search field, as conditions on `project_cards AS card`. Every word must be found, the last one may be
 * unfinished. Words of scripts that put no spaces between words, and signs that are no word, are looked for as they stand.
 */
export interface SearchCondition {
  readonly sql: string;
  readonly parameters: readonly string[];
}

const TEXT = "(card.name || ' ' || card.brief || ' ' || card.copy || ' ' || card.tags)";
const IS_WORD = /[\p{L}\p{N}]/u;
const HAS_NO_SPACES = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u;

/** Conditions that must all hold; none for an empty query. */
export function compileSearch(query: string): SearchCondition[] {
  const words = query.normalize('NFC').replace(/[\p{Cc}\p{Cs}]/gu, ' ').split(/\s+/u).filter((word) => word !== '');
  const indexed = words.filter((word) => IS_WORD.test(word) && !HAS_NO_SPACES.test(word));
  const literal = words.filter((word) => !indexed.includes(word));
  const isLastIndexed = indexed.length > 0 && indexed.at(-1) === words.at(-1);
  const match = indexed.map((word, index) => `"${word.replaceAll('"', '""')}"${isLastIndexed && index === indexed.length - 1 ? '*' : ''}`).join(' ');
  return [
    ...(match === '' ? [] : [{ sql: 'card.id IN (SELECT rowid FROM project_search WHERE project_search MATCH ?)', parameters: [match] }]),
    ...literal.map((word) => ({ sql: `${TEXT} LIKE ? ESCAPE '\\'`, parameters: [`%${word.replace(/[\\%_]/g, '\\$&')}%`] })),
  ];
}
