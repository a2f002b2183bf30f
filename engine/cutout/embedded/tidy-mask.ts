/** Takes specks out of a mask and closes pinholes, keeping every real piece and every real hole. */
import { findComponents } from './components.ts';

/** A piece and a hole must have this share of the picture. */
const MIN_SHARE = 0.0003;

/** `minPieceShare`: what a piece must have of the largest one's area. */
export function tidyMask(isProduct: Uint8Array, width: number, height: number, minPieceShare: number): Uint8Array {
  const pieces = findComponents(isProduct, width, height, true);
  const largest = pieces.reduce((most, { pixels }) => Math.max(most, pixels.length), 0);
  const tidy = isProduct.slice();
  const least = Math.max(largest * minPieceShare, MIN_SHARE * tidy.length);
  for (const { pixels } of pieces) if (pixels.length < least) for (const at of pixels) tidy[at] = 0;
  return closePinholes(tidy, width, height, MIN_SHARE * tidy.length);
}

/** For a strip out of a picture of `picturePixels`: what is cut off by the strip's border may be large, so it stays. */
export function keepLargePieces(isProduct: Uint8Array, width: number, height: number, picturePixels: number): Uint8Array {
  const least = MIN_SHARE * picturePixels;
  const tidy = isProduct.slice();
  for (const { pixels, touchesFrame } of findComponents(isProduct, width, height, true)) {
    if (!touchesFrame && pixels.length < least) for (const at of pixels) tidy[at] = 0;
  }
  return closePinholes(tidy, width, height, least);
}

function closePinholes(tidy: Uint8Array, width: number, height: number, least: number): Uint8Array {
  const outside = tidy.map((value) => 1 - value);
  for (const { pixels, touchesFrame } of findComponents(outside, width, height, false)) {
    if (!touchesFrame && pixels.length < least) for (const at of pixels) tidy[at] = 1;
  }
  return tidy;
}
