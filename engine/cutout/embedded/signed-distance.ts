/** Distance to a mask's outline: negative inside, positive outside, smoothed so that it can be enlarged without steps. */
import { distanceTo, gaussianBlur } from './filters.ts';

export function signedDistance(isInside: Uint8Array, width: number, height: number, cap: number, sigma: number): Float32Array {
  const isOutside = isInside.map((value) => 1 - value);
  const outwards = distanceTo(isInside, width, height, cap);
  const inwards = distanceTo(isOutside, width, height, cap);
  const signed = new Float32Array(isInside.length);
  for (let at = 0; at < signed.length; at++) signed[at] = isInside[at] === 1 ? 0.5 - inwards[at]! : outwards[at]! - 0.5;
  return sigma > 0 ? gaussianBlur(signed, width, height, sigma) : signed;
}
