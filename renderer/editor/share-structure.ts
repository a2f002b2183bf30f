/**
 * The same value with as much of `before` in it as is equal, so that whoever compares by identity (selectors, memoised views) sees a
 * change only where one is. Key order counts as in JSON: records that differ in it are different records to `core/project/diff.ts`.
 */
export function shareStructure<T>(before: unknown, after: T): T {
  if (before === after || typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return after;
  if (Array.isArray(after)) return Array.isArray(before) ? (shareArray(before, after) as T) : after;
  if (Array.isArray(before)) return after;
  return shareRecord(before as Json, after as unknown as Json) as T;
}

type Json = Readonly<Record<string, unknown>>;

function shareArray(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const byId = new Map(before.flatMap((item) => (hasId(item) ? [[item.id, item] as const] : [])));
  const shared = after.map((item, index) => shareStructure((hasId(item) ? byId.get(item.id) : undefined) ?? before[index], item));
  return shared.length === before.length && shared.every((item, index) => item === before[index]) ? before : shared;
}

function shareRecord(before: Json, after: Json): Json {
  const keys = Object.keys(after);
  const oldKeys = Object.keys(before);
  const shared = Object.fromEntries(keys.map((key) => [key, shareStructure(before[key], after[key])]));
  const isSame = keys.length === oldKeys.length && keys.every((key, index) => key === oldKeys[index] && shared[key] === before[key]);
  return isSame ? before : shared;
}

function hasId(item: unknown): item is { readonly id: string } {
  return typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string';
}
