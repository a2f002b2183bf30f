/** Which files are wanted of a project: pure changes of the list, and the list kept between visits. */
import { placementById, preferredRate } from '#core/placements/placements.ts';
import type { ExportOrder } from '#core/placements/preflight/finding.ts';
import type { Placement } from '#core/placements/schema.ts';
import type { Ratio } from '#core/project/ratio.ts';

/** What one order is: a placement in a ratio. Two of the same make no sense. */
export function orderKey({ placementId, ratio }: Pick<ExportOrder, 'placementId' | 'ratio'>): string {
  return `${placementId} ${ratio}`;
}

/** A fresh order, at the rate that all sources take. */
export function newOrder(placement: Placement, ratio: Ratio): ExportOrder {
  return { placementId: placement.id, ratio, rate: preferredRate(placement), encoder: 'auto' };
}

/** Adds an order that is not there, or takes it out. */
export function toggleOrder(orders: readonly ExportOrder[], placement: Placement, ratio: Ratio): ExportOrder[] {
  const key = orderKey({ placementId: placement.id, ratio });
  const without = orders.filter((order) => orderKey(order) !== key);
  return without.length < orders.length ? without : [...orders, newOrder(placement, ratio)];
}

/** The list with one order changed; a change of ratio that meets another order of the list replaces it. */
export function changeOrder(orders: readonly ExportOrder[], before: ExportOrder, after: ExportOrder): ExportOrder[] {
  const others = orders.filter((order) => order !== before && orderKey(order) === orderKey(after));
  return orders.flatMap((order) => (order === before ? [after] : others.includes(order) ? [] : [order]));
}

const STORE = 'adgen-orders';

/** The list as it was left; what is no placement any more is dropped. */
export function loadOrders(projectId: string, storage: Pick<Storage, 'getItem'> = localStorage): ExportOrder[] {
  try {
    const kept = JSON.parse(storage.getItem(`${STORE} ${projectId}`) ?? '[]') as ExportOrder[];
    return kept.filter(({ placementId, ratio }) => placementById(placementId).ratios.values.includes(ratio)).map(({ overrideReason: _reason, ...order }) => order);
  } catch {
    return []; // written by another version; the user chooses again
  }
}

/** Keeps the list for the next visit. */
export function saveOrders(projectId: string, orders: readonly ExportOrder[], storage: Pick<Storage, 'setItem'> = localStorage): void {
  storage.setItem(`${STORE} ${projectId}`, JSON.stringify(orders));
}
