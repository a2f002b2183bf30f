/**
 * Edits as data. An AdProject is seen as records by id (the document itself, products, scenes, captions, renditions); a
 * diff lists the records that came, went and changed. Undo is the reversed diff, and it restores the document byte for
 * byte as JSON, key order included, because records are stored whole. Timeline, history and sync use the same diffs.
 */
import { AdgenError } from '../contract/errors.ts';
import { isEqualJson } from './equal-json.ts';
import type { AdProject } from './schema.ts';

type Json = Readonly<Record<string, unknown>>;

/** Records by key: `project`, `product:<id>`, `scene:<id>`, `caption:<scene id>:<id>`, `rendition:<id>`. */
export interface ProjectDiff {
  readonly added: Readonly<Record<string, Json>>;
  readonly removed: Readonly<Record<string, Json>>;
  /** Before and after. */
  readonly updated: Readonly<Record<string, readonly [Json, Json]>>;
}

/** What turns `before` into `after`. */
export function diffProject(before: AdProject, after: AdProject): ProjectDiff {
  const left = toRecords(before);
  const right = toRecords(after);
  const entriesOf = (from: ReadonlyMap<string, Json>, without: ReadonlyMap<string, Json>): Record<string, Json> => Object.fromEntries([...from].filter(([key]) => !without.has(key)));
  const updated = [...left].flatMap(([key, record]) => {
    const other = right.get(key);
    return other === undefined || isSame(record, other) ? [] : [[key, [record, other]] as const];
  });
  return { added: entriesOf(right, left), removed: entriesOf(left, right), updated: Object.fromEntries(updated) };
}

/**
 * The document after the edit. Throws AdgenError CONFLICT when a record is not in the state that the diff starts from. The order of
 * keys is no state: a page that spreads objects has another one than the engine, which puts them into the schema's.
 */
export function applyDiff(project: AdProject, diff: ProjectDiff): AdProject {
  const records = toRecords(project);
  const expect = (key: string, record: Json | undefined): void => {
    const current = records.get(key);
    if (record === undefined ? current !== undefined : current === undefined || !isEqualJson(current, record)) {
      throw new AdgenError('CONFLICT', `This edit does not fit the project any more: ${key} was changed in the meantime. Reload the project and make the edit again.`, { data: { key } });
    }
  };
  for (const [key, record] of Object.entries(diff.removed)) expect(key, record);
  for (const [key, [from]] of Object.entries(diff.updated)) expect(key, from);
  for (const key of Object.keys(diff.added)) expect(key, undefined);
  for (const key of Object.keys(diff.removed)) records.delete(key);
  for (const [key, record] of Object.entries(diff.added)) records.set(key, record);
  for (const [key, [, to]] of Object.entries(diff.updated)) records.set(key, to);
  return fromRecords(records);
}

/** The edit that takes this one back. */
export function reverseDiff(diff: ProjectDiff): ProjectDiff {
  const updated = Object.entries(diff.updated).map(([key, [from, to]]) => [key, [to, from]] as const);
  return { added: diff.removed, removed: diff.added, updated: Object.fromEntries(updated) };
}

/** True when the diff changes nothing. */
export function isEmptyDiff(diff: ProjectDiff): boolean {
  return [diff.added, diff.removed, diff.updated].every((part) => Object.keys(part).length === 0);
}

const LISTS = { products: 'product', scenes: 'scene', renditions: 'rendition' } as const;

// A list is replaced by its ids in the parent record, so that order and key order survive. A list with repeated ids
// (no schema error, but no identity either) stays inside its parent.
function toRecords(project: AdProject): Map<string, Json> {
  const records = new Map<string, Json>();
  const root: Record<string, unknown> = { ...project };
  for (const [list, kind] of Object.entries(LISTS)) {
    const items = root[list] as readonly (Json & { readonly id: string })[];
    if (!hasDistinctIds(items)) continue;
    root[list] = items.map((item) => item.id);
    for (const item of items) records.set(`${kind}:${item.id}`, kind === 'scene' ? splitCaptions(item, records) : item);
  }
  records.set('project', root);
  return records;
}

function splitCaptions(scene: Json & { readonly id: string }, records: Map<string, Json>): Json {
  const captions = scene.captions as readonly (Json & { readonly id: string })[];
  if (!hasDistinctIds(captions)) return scene;
  for (const caption of captions) records.set(`caption:${scene.id}:${caption.id}`, caption);
  return { ...scene, captions: captions.map((caption) => caption.id) };
}

function fromRecords(records: ReadonlyMap<string, Json>): AdProject {
  const find = (key: string): Json => {
    const record = records.get(key);
    if (record === undefined) throw new AdgenError('CONFLICT', `This edit does not fit the project: ${key} is missing. Reload the project and make the edit again.`, { data: { key } });
    return record;
  };
  const resolve = (items: unknown, read: (id: string) => Json): unknown => (items as readonly unknown[]).map((item) => (typeof item === 'string' ? read(item) : item));
  const root: Record<string, unknown> = { ...find('project') };
  for (const [list, kind] of Object.entries(LISTS)) root[list] = resolve(root[list], (id) => find(`${kind}:${id}`));
  root.scenes = (root.scenes as readonly Json[]).map((scene) => ({ ...scene, captions: resolve(scene.captions, (id) => find(`caption:${String(scene.id)}:${id}`)) }));
  return root as AdProject;
}

function hasDistinctIds(items: readonly { readonly id: string }[]): boolean {
  return new Set(items.map((item) => item.id)).size === items.length;
}

// Equal as JSON text: key order counts, or undo would not be byte-identical.
function isSame(left: Json, right: Json): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}
