/** Takes specks out of a mask and closes pinholes, keeping every real piece and every real hole. */
import { findComponents } from './components.ts';

/** A piece and a hole must have this share of the picture. */
const MIN_PIECE = 0.0003;
const MIN_HOLE = 0.0003;

/** `minShare`: what a piece must have of the largest one's area. */
export function tidyMask(isProduct: Uint8Array, width: number, height: number, minShare: number): Uint8Array {
  const tidy = isProduct.slice();
  const pieces = findComponents(tidy, width, height, true);
  const largest = pieces.reduce((most, { pixels }) => Math.max(most, pixels.length), 0);
  for (const { pixels } of pieces) {
    if (pixels.length >= Math.max(largest * minShare, MIN_PIECE * tidy.length)) continue;
    for (const at of pixels) tidy[at] = 0;
  }
  const outside = tidy.map((value) => 1 - value);
  for (const { pixels, touchesFrame } of findComponents(outside, width, height, false)) {
    if (touchesFrame || pixels.length >= MIN_HOLE * tidy.length) continue;
    for (const at of pixels) tidy[at] = 1;
  }
  return tidy;
}
