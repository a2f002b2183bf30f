/** Edge pixels that count as outline: above the threshold, and not a lone speck of noise or a block of JPEG. */
import { findComponents } from './components.ts';
import type { EdgeMap } from './edge-map.ts';

const MIN_OUTLINE_PX = 14;
const STRONG = 4;

export function outlineMask(edges: EdgeMap, threshold: number, width: number, height: number): Uint8Array {
  const isEdge = new Uint8Array(edges.sharp.length);
  for (let at = 0; at < isEdge.length; at++) isEdge[at] = edges.sharp[at]! > threshold ? 1 : 0;
  for (const { pixels } of findComponents(isEdge, width, height, true)) {
    if (pixels.length >= MIN_OUTLINE_PX) continue;
    if (pixels.some((at) => edges.sharp[at]! > STRONG * threshold)) continue;
    for (const at of pixels) isEdge[at] = 0;
  }
  return isEdge;
}
