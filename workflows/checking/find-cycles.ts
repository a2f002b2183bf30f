/** Nodes that wait for each other. Works without recursion, so that a long chain cannot overflow the stack. */
import { isLink } from '../graph.ts';
import type { Graph } from '../graph.ts';

/** Ids of all nodes that lie on a cycle or between two cycles, in the graph's order; empty = the graph can run. */
export function findCycle(graph: Graph): string[] {
  const feeds = new Map<string, string[]>(Object.keys(graph).map((id) => [id, []]));
  const needs = new Map<string, string[]>(Object.keys(graph).map((id) => [id, []]));
  for (const [id, node] of Object.entries(graph)) {
    for (const value of Object.values(node.inputs)) {
      if (!isLink(value) || !feeds.has(value[0])) continue;
      feeds.get(value[0])?.push(id);
      needs.get(id)?.push(value[0]);
    }
  }
  const left = new Set(Object.keys(graph));
  peel(left, needs, feeds);
  peel(left, feeds, needs);
  return [...left];
}

/** Takes away, again and again, what waits for nothing that is left. */
function peel(left: Set<string>, waitsFor: ReadonlyMap<string, readonly string[]>, releases: ReadonlyMap<string, readonly string[]>): void {
  const waiting = new Map([...left].map((id) => [id, (waitsFor.get(id) ?? []).filter((other) => left.has(other)).length]));
  const free = [...left].filter((id) => waiting.get(id) === 0);
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    left.delete(id);
    for (const other of releases.get(id) ?? []) {
      const count = (waiting.get(other) ?? 0) - 1;
      waiting.set(other, count);
      if (count === 0 && left.has(other)) free.push(other);
    }
  }
}
