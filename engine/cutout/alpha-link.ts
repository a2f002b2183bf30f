/**
 * First link of the cut-out chain: a file that is already cut out is used as it is, to the pixel. Rounded corners or a
 * watermark's haze are no cut-out, so the alpha must have clear parts and leave a plausible product.
 */
import type { Raster } from '#engine/compositing/raster.ts';
import type { LinkResult } from './link.ts';
import { maskCoverage } from './mask-coverage.ts';

const CLEAR_ALPHA = 10;
/** A few stray clear pixels are damage, not a background. */
const MIN_CLEAR_SHARE = 0.005;
const MIN_COVERAGE = 0.005;
const MAX_COVERAGE = 0.98;

export function alphaLink(photo: Raster): LinkResult {
  const data = new Uint8Array(photo.width * photo.height);
  let clear = 0;
  for (let pixel = 0; pixel < data.length; pixel++) {
    const alpha = photo.data[pixel * 4 + 3] ?? 255;
    data[pixel] = alpha;
    if (alpha < CLEAR_ALPHA) clear++;
  }
  const mask = { width: photo.width, height: photo.height, data };
  const coverage = maskCoverage(mask);
  if (clear < data.length * MIN_CLEAR_SHARE) return { isDone: false, reason: 'the file has no transparent background' };
  if (coverage < MIN_COVERAGE || coverage > MAX_COVERAGE) {
    return { isDone: false, reason: `the transparency in the file leaves ${(coverage * 100).toFixed(1)} % of the picture, which is not a product` };
  }
  return { isDone: true, mask, cutout: photo, method: 'alpha', notes: [] };
}
