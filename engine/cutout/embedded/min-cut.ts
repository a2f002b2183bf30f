/**
 * Minimum cut of a sparse graph whose nodes are pixels (8 neighbours each), after the two-tree augmenting-path algorithm
 * of Boykov and Kolmogorov (PAMI 2004): grow a source and a sink tree, push along the path where they meet, adopt orphans.
 * Capacities are integers, so the same graph gives the same cut everywhere. It knows nothing of photos: `segment-smooth.ts`
 * builds the capacities of the whole working picture, `refine-contour.ts` those of a narrow band at full size.
 */
const FREE = 0;
const SOURCE = 1;
const SINK = 2;
const NO_PARENT = -1;
const TERMINAL = -2;
const ORPHAN = -3;
const FAR = 0x3fffffff;

/** Opposite directions differ in their last bit: E/W, S/N, SE/NW, SW/NE. */
export const NEIGHBOUR_DX = [1, -1, 0, 0, 1, -1, -1, 1] as const;
export const NEIGHBOUR_DY = [0, 0, 1, -1, 1, -1, 1, -1] as const;

export interface CutGraph {
  readonly nodeCount: number;
  /** `neighbours[node * 8 + direction]`: node index, or -1. */
  readonly neighbours: Int32Array;
  /** Capacity of the arc leaving the node in that direction; used up by `minCut`. */
  readonly capacities: Int32Array;
  /** Positive: capacity from the source; negative: to the sink. Used up by `minCut`. */
  readonly terminals: Int32Array;
}

/** Returns 1 for each node on the source's side of the cheapest cut. */
export function minCut(graph: CutGraph): Uint8Array {
  const { nodeCount, neighbours, capacities, terminals } = graph;
  const tree = new Uint8Array(nodeCount);
  const parent = new Int32Array(nodeCount).fill(NO_PARENT);
  const stamp = new Int32Array(nodeCount);
  const distance = new Int32Array(nodeCount);
  const queue = new Int32Array(nodeCount + 1);
  const isQueued = new Uint8Array(nodeCount);
  const orphans: number[] = [];
  let head = 0;
  let tail = 0;
  let time = 0;

  for (let node = 0; node < nodeCount; node++) {
    const terminal = terminals[node]!;
    if (terminal === 0) continue;
    tree[node] = terminal > 0 ? SOURCE : SINK;
    parent[node] = TERMINAL;
    distance[node] = 1;
    activate(node);
  }
  while (head !== tail) {
    const node = queue[head]!;
    const meeting = tree[node] === FREE ? -1 : grow(node);
    if (meeting < 0) {
      head = head === nodeCount ? 0 : head + 1;
      isQueued[node] = 0;
      continue;
    }
    time++;
    augment(meeting);
    while (orphans.length > 0) adopt(orphans.pop()!);
  }
  const side = new Uint8Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) side[node] = tree[node] === SOURCE ? 1 : 0;
  return side;

  function activate(node: number): void {
    if (isQueued[node] === 1) return;
    isQueued[node] = 1;
    queue[tail] = node;
    tail = tail === nodeCount ? 0 : tail + 1;
  }

  /** Extends the node's tree; returns the arc (leaving the source tree) at which both trees meet, or -1. */
  function grow(node: number): number {
    const isSource = tree[node] === SOURCE;
    for (let direction = 0; direction < 8; direction++) {
      const arc = node * 8 + direction;
      const other = neighbours[arc]!;
      if (other < 0) continue;
      const back = other * 8 + (direction ^ 1);
      if (capacities[isSource ? arc : back]! === 0) continue;
      if (tree[other] === FREE) {
        tree[other] = tree[node]!;
        attach(other, direction ^ 1, node);
        activate(other);
      } else if (tree[other] !== tree[node]) {
        return isSource ? arc : back;
      } else if (stamp[other]! <= stamp[node]! && distance[other]! > distance[node]!) {
        attach(other, direction ^ 1, node);
      }
    }
    return -1;
  }

  function attach(child: number, direction: number, to: number): void {
    parent[child] = direction;
    stamp[child] = stamp[to]!;
    distance[child] = distance[to]! + 1;
  }

  function augment(meeting: number): void {
    const from = meeting >> 3;
    const to = neighbours[meeting]!;
    const flow = Math.min(capacities[meeting]!, bottleneck(from, true), bottleneck(to, false));
    capacities[meeting] = capacities[meeting]! - flow;
    const back = to * 8 + ((meeting & 7) ^ 1);
    capacities[back] = capacities[back]! + flow;
    push(from, true, flow);
    push(to, false, flow);
  }

  function bottleneck(start: number, isSource: boolean): number {
    let least = FAR;
    let node = start;
    while (parent[node]! >= 0) {
      const arc = node * 8 + parent[node]!;
      const next = neighbours[arc]!;
      const capacity = capacities[isSource ? next * 8 + (parent[node]! ^ 1) : arc]!;
      if (capacity < least) least = capacity;
      node = next;
    }
    return Math.min(least, Math.abs(terminals[node]!));
  }

  function push(start: number, isSource: boolean, flow: number): void {
    let node = start;
    while (parent[node]! >= 0) {
      const up = node * 8 + parent[node]!;
      const next = neighbours[up]!;
      const down = next * 8 + (parent[node]! ^ 1);
      const used = isSource ? down : up;
      const freed = isSource ? up : down;
      capacities[used] = capacities[used]! - flow;
      capacities[freed] = capacities[freed]! + flow;
      if (capacities[used] === 0) orphan(node);
      node = next;
    }
    terminals[node] = terminals[node]! - (isSource ? flow : -flow);
    if (terminals[node] === 0) orphan(node);
  }

  function orphan(node: number): void {
    parent[node] = ORPHAN;
    orphans.push(node);
  }

  function adopt(node: number): void {
    const isSource = tree[node] === SOURCE;
    let best = -1;
    let bestDistance = FAR;
    for (let direction = 0; direction < 8; direction++) {
      const arc = node * 8 + direction;
      const other = neighbours[arc]!;
      if (other < 0 || tree[other] !== tree[node]) continue;
      if (capacities[isSource ? other * 8 + (direction ^ 1) : arc]! === 0) continue;
      const length = distanceToRoot(other);
      if (length < bestDistance) {
        bestDistance = length;
        best = direction;
      }
    }
    if (best >= 0) {
      parent[node] = best;
      stamp[node] = time;
      distance[node] = bestDistance + 1;
    } else {
      release(node, isSource);
    }
  }

  /** Length of the node's way to its terminal, FAR when the way ends in an orphan; marks the way for later calls. */
  function distanceToRoot(start: number): number {
    let node = start;
    let length = 0;
    for (;;) {
      if (stamp[node] === time) {
        length += distance[node]!;
        break;
      }
      const up = parent[node]!;
      length++;
      if (up === TERMINAL) {
        stamp[node] = time;
        distance[node] = 1;
        break;
      }
      if (up < 0) return FAR;
      node = neighbours[node * 8 + up]!;
    }
    let mark = length;
    for (node = start; stamp[node] !== time; node = neighbours[node * 8 + parent[node]!]!) {
      stamp[node] = time;
      distance[node] = mark--;
    }
    return length;
  }

  function release(node: number, isSource: boolean): void {
    for (let direction = 0; direction < 8; direction++) {
      const arc = node * 8 + direction;
      const other = neighbours[arc]!;
      if (other < 0 || tree[other] !== tree[node]) continue;
      if (capacities[isSource ? other * 8 + (direction ^ 1) : arc]! > 0) activate(other);
      if (parent[other]! === (direction ^ 1)) orphan(other);
    }
    tree[node] = FREE;
    parent[node] = NO_PARENT;
  }
}
