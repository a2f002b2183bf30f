/**
 * The steps of this process that are ready, per lane: runs take turns, and within a run the lowest order goes first, then the
 * lowest position. Pure memory; whether a step may really start is for the journal and the lane's leases to say.
 */
import type { Lane, StepSpec } from './types.ts';

export interface Schedulable {
  readonly runId: string;
  readonly spec: Pick<StepSpec, 'order'>;
  /** Unique in its run. */
  readonly position: number;
}

export class LaneSchedule<T extends Schedulable> {
  readonly #lanes = new Map<Lane, Map<string, StepHeap<T>>>();

  push(lane: Lane, item: T): void {
    const turns = this.#turnsOf(lane);
    const heap = turns.get(item.runId) ?? new StepHeap<T>();
    heap.push(item);
    turns.set(item.runId, heap);
  }

  /** The next step; its run goes to the end of the turns (a Map keeps the order of insertion). */
  take(lane: Lane): T | undefined {
    const turns = this.#turnsOf(lane);
    for (const [runId, heap] of turns) {
      turns.delete(runId);
      const item = heap.pop();
      if (heap.size > 0) turns.set(runId, heap);
      if (item !== undefined) return item;
    }
    return undefined;
  }

  /** Undoes a `take`: the run is next again. */
  putBack(lane: Lane, item: T): void {
    const turns = this.#turnsOf(lane);
    const heap = turns.get(item.runId) ?? new StepHeap<T>();
    heap.push(item);
    turns.delete(item.runId);
    this.#lanes.set(lane, new Map([[item.runId, heap], ...turns]));
  }

  has(lane: Lane): boolean {
    return this.#turnsOf(lane).size > 0;
  }

  #turnsOf(lane: Lane): Map<string, StepHeap<T>> {
    const turns = this.#lanes.get(lane) ?? new Map<string, StepHeap<T>>();
    this.#lanes.set(lane, turns);
    return turns;
  }
}

/** A binary heap, lowest order first, then lowest position. */
class StepHeap<T extends Schedulable> {
  readonly #items: T[] = [];

  get size(): number {
    return this.#items.length;
  }

  push(item: T): void {
    const items = this.#items;
    let at = items.push(item) - 1;
    while (at > 0 && this.#isBefore(at, (at - 1) >> 1)) at = this.#swap(at, (at - 1) >> 1);
  }

  pop(): T | undefined {
    const [top] = this.#items;
    const last = this.#items.pop();
    if (last === undefined || this.#items.length === 0) return top;
    this.#items[0] = last;
    for (let at = 0; ; ) {
      const child = this.#isBefore(2 * at + 2, 2 * at + 1) ? 2 * at + 2 : 2 * at + 1;
      if (!this.#isBefore(child, at)) return top;
      at = this.#swap(at, child);
    }
  }

  /** Past the end there is nothing, and nothing comes first. */
  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#items[one], this.#items[other]];
    if (a === undefined || b === undefined) return false;
    const [order, otherOrder] = [a.spec.order ?? 0, b.spec.order ?? 0];
    return order === otherOrder ? a.position < b.position : order < otherOrder;
  }

  #swap(from: number, to: number): number {
    const [a, b] = [this.#items[from], this.#items[to]];
    if (a !== undefined && b !== undefined) [this.#items[from], this.#items[to]] = [b, a];
    return to;
  }
}
