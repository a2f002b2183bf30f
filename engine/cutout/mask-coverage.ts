import type { Mask } from './codec.ts';

/** Share of the picture that a mask covers, 0..1 (soft pixels count in part). */
export function maskCoverage(mask: Mask): number {
  let sum = 0;
  for (let at = 0; at < mask.data.length; at++) sum += mask.data[at] ?? 0;
  return mask.data.length === 0 ? 0 : sum / (255 * mask.data.length);
}
