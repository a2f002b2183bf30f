/**
 * Which projects are marked, and where the keyboard is, in a grid of which only a part is loaded. Pure: places are indices of the whole list,
 * what is marked are ids.
 */

/** `active`: the card that has the keyboard. `anchor`: where a range begins. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly anchor: number;
  readonly active: number;
}

export const NOTHING_SELECTED: Selection = { ids: new Set(), anchor: 0, active: 0 };

/** Puts one in or takes it out; ranges begin there. */
export function toggle(selection: Selection, id: string, index: number): Selection {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, anchor: index, active: index };
}

/** The range that shift marks when it ends at `index`, both ends included. */
export function rangeTo({ anchor }: Selection, index: number): { readonly from: number; readonly to: number } {
  return { from: Math.min(anchor, index), to: Math.max(anchor, index) };
}

/** Marks a range; what was marked before goes, the anchor stays. */
export function selectRange({ anchor }: Selection, ids: readonly string[], index: number): Selection {
  return { ids: new Set(ids), anchor, active: index };
}

/** Where a key leads from a card; undefined for keys that lead nowhere. */
export function moveBy(key: string, at: number, grid: { readonly columns: number; readonly rowsPerPage: number; readonly total: number }): number | undefined {
  const { columns, rowsPerPage, total } = grid;
  const last = total - 1;
  const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, PageUp: -columns * rowsPerPage, PageDown: columns * rowsPerPage, Home: -total, End: total };
  const step = steps[key];
  if (step === undefined || total === 0) return undefined;
  // Up from the first row and down from the last one stay; anything longer stops at the ends.
  const isOneRow = Math.abs(step) === columns && columns > 1;
  const next = at + step;
  if (isOneRow && next < 0) return at;
  if (isOneRow && next > last) return Math.floor(at / columns) < Math.floor(last / columns) ? last : at;
  return Math.min(last, Math.max(0, next));
}
