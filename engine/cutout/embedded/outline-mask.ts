/**
 * Edge pixels that count as outline: those above the threshold, and weaker ones that continue them (so that an outline that
 * fades for a while stays closed), without lone specks of noise or blocks of JPEG.
 */
import { findComponents } from './components.ts';
import type { EdgeMap } from './edge-map.ts';

const MIN_OUTLINE_PX = 14;
const STRONG = 4;
/** A weaker edge continues an outline down to this share of the threshold … */
const WEAK_SHARE = 0.55;
/** … for this many pixels. */
const CONTINUE_PX = 12;

export function outlineMask(edges: EdgeMap, threshold: number, width: number, height: number): Uint8Array {
  const isEdge = new Uint8Array(edges.sharp.length);
  for (let at = 0; at < isEdge.length; at++) isEdge[at] = edges.sharp[at]! > threshold ? 1 : 0;
  for (const { pixels } of findComponents(isEdge, width, height, true)) {
    if (pixels.length >= MIN_OUTLINE_PX) continue;
    if (pixels.some((at) => edges.sharp[at]! > STRONG * threshold)) continue;
    for (const at of pixels) isEdge[at] = 0;
  }
  continueOutlines(isEdge, edges.sharp, threshold * WEAK_SHARE, width, height);
  return isEdge;
}

function continueOutlines(isEdge: Uint8Array, sharp: Float32Array, threshold: number, width: number, height: number): void {
  let front: number[] = [];
  for (let at = 0; at < isEdge.length; at++) if (isEdge[at] === 1) front.push(at);
  for (let round = 0; round < CONTINUE_PX && front.length > 0; round++) {
    const next: number[] = [];
    for (const at of front) {
      const x = at % width;
      const y = (at - x) / width;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
          const other = at + dy * width + dx;
          if (isEdge[other] === 1 || sharp[other]! <= threshold) continue;
          isEdge[other] = 1;
          next.push(other);
        }
      }
    }
    front = next;
  }
}
