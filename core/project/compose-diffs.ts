/** Two edits in one step of the history: what a drag or typing leaves. */
import type { ProjectDiff } from './diff.ts';

type Json = Readonly<Record<string, unknown>>;

/** A record before and after an edit; undefined = it is not there. */
type Change = readonly [Json | undefined, Json | undefined];

/**
 * The edit that does what `first` and then `second` do. Reversed it leads back to where `first` began, byte for byte: the records of the
 * start are `first`'s own. What ends as it began is left out.
 */
export function composeDiffs(first: ProjectDiff, second: ProjectDiff): ProjectDiff {
  const changes = changesOf(first);
  for (const [key, [from, to]] of changesOf(second)) changes.set(key, [changes.has(key) ? changes.get(key)?.[0] : from, to]);
  const added: [string, Json][] = [];
  const removed: [string, Json][] = [];
  const updated: [string, readonly [Json, Json]][] = [];
  for (const [key, [from, to]] of changes) {
    if (from === undefined && to !== undefined) added.push([key, to]);
    if (from !== undefined && to === undefined) removed.push([key, from]);
    if (from !== undefined && to !== undefined && JSON.stringify(from) !== JSON.stringify(to)) updated.push([key, [from, to]]);
  }
  return { added: Object.fromEntries(added), removed: Object.fromEntries(removed), updated: Object.fromEntries(updated) };
}

function changesOf({ added, removed, updated }: ProjectDiff): Map<string, Change> {
  return new Map<string, Change>([
    ...Object.entries(removed).map(([key, record]): [string, Change] => [key, [record, undefined]]),
    ...Object.entries(added).map(([key, record]): [string, Change] => [key, [undefined, record]]),
    ...Object.entries(updated),
  ]);
}
