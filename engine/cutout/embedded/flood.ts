/**
 * The background that can be reached from the frame without crossing an outline. The flood moves as a ball, so a gap in
 * a faint outline that is narrower than the ball does not let it in; afterwards it is grown back to the outlines.
 */
import { distanceTo } from './filters.ts';

/** 1 for each pixel that the flood reaches. `isEdge` and `isSeed` are masks; `radius` is the ball's in pixels. */
export function flood(isEdge: Uint8Array, isSeed: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const clearance = distanceTo(isEdge, width, height, radius + 2);
  const reached = new Uint8Array(isEdge.length);
  const queue = new Int32Array(isEdge.length);
  let write = 0;
  for (let at = 0; at < isSeed.length; at++) {
    if (isSeed[at] === 0 || clearance[at]! <= radius) continue;
    reached[at] = 1;
    queue[write++] = at;
  }
  write = spread(reached, queue, write, width, height, (at) => clearance[at]! > radius);
  const centres = reached.slice();
  const reach = distanceTo(centres, width, height, radius + 3);
  spread(reached, queue, write, width, height, (at) => isEdge[at] === 0 && reach[at]! <= radius + 1);
  return reached;
}

function spread(reached: Uint8Array, queue: Int32Array, count: number, width: number, height: number, mayEnter: (at: number) => boolean): number {
  let write = count;
  const enter = (at: number): void => {
    if (reached[at] === 1 || !mayEnter(at)) return;
    reached[at] = 1;
    queue[write++] = at;
  };
  for (let read = 0; read < write; read++) {
    const at = queue[read]!;
    const x = at % width;
    if (x > 0) enter(at - 1);
    if (x < width - 1) enter(at + 1);
    if (at >= width) enter(at - width);
    if (at < width * (height - 1)) enter(at + width);
  }
  return write;
}
