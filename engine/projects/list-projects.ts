/** Lists of projects: filtered, searched, sorted, a page at a time. Reads cards only, never documents. */
import type { Ratio } from '#core/project/ratio.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { CARD_COLUMNS, CARD_JOINS, toCard } from './project-cards.ts';
import type { CardRow, ProjectCard } from './project-cards.ts';
import { compileSearch } from './search-query.ts';
import type { SearchCondition } from './search-query.ts';

/** See `projects.list` of the contract. */
export interface ListQuery {
  readonly query: string;
  readonly show: 'active' | 'archived' | 'deleted';
  readonly tag?: string | undefined;
  readonly ratio?: Ratio | undefined;
  readonly sort: 'updated' | 'created' | 'name';
  readonly limit: number;
  readonly offset: number;
}

const ORDERS: Readonly<Record<ListQuery['sort'], string>> = {
  updated: 'card.updated_ms DESC, card.id DESC',
  created: 'card.created_ms DESC, card.id DESC',
  name: 'card.name_key, card.id',
};

/** One page and how many there are in all. */
export function listProjects(db: StudioDb, list: ListQuery): { items: ProjectCard[]; total: number } {
  const conditions = conditionsOf(list);
  const where = conditions.map(({ sql }) => sql).join(' AND ');
  const parameters = conditions.flatMap((condition) => condition.parameters);
  const order = ORDERS[list.sort];
  // Which ones first, then what they show: texts are walked through once, and the newest run is looked up for one page, not for all.
  const ids = db.prepare<string[]>(`SELECT card.id FROM project_cards AS card WHERE ${where} ORDER BY ${order}`).pluck().all(...parameters) as number[];
  const page = JSON.stringify(ids.slice(list.offset, list.offset + list.limit));
  const rows = db.prepare<[string], CardRow>(`SELECT ${CARD_COLUMNS} FROM project_cards AS card ${CARD_JOINS} WHERE card.id IN (SELECT value FROM json_each(?)) ORDER BY ${order}`).all(page);
  return { items: rows.map(toCard), total: ids.length };
}

function conditionsOf({ query, show, tag, ratio }: ListQuery): SearchCondition[] {
  return [
    { sql: 'card.shown_in = ?', parameters: [show] },
    ...(tag === undefined ? [] : [{ sql: 'EXISTS (SELECT 1 FROM json_each(card.tags) WHERE value = ?)', parameters: [tag] }]),
    ...(ratio === undefined ? [] : [{ sql: 'instr(card.ratios, ?) > 0', parameters: [`"${ratio}"`] }]),
    ...compileSearch(query),
  ];
}

/** Tags in use outside the bin, most used first. */
export function listTags(db: StudioDb): { tag: string; count: number }[] {
  return db.prepare<[], { tag: string; count: number }>("SELECT value AS tag, count(*) AS count FROM project_cards, json_each(project_cards.tags) WHERE shown_in <> 'deleted' GROUP BY value ORDER BY count DESC, value").all();
}
