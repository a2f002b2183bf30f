/**
 * The link of the cut-out chain that needs nothing but the program itself. It gives up when what it found cannot be a
 * product, so that an empty or all-covering mask never passes for a cut-out.
 */
import type { Raster } from '#engine/compositing/raster.ts';
import { cutOutEmbedded } from './embedded/cut-out.ts';
import type { LinkResult } from './link.ts';
import { maskCoverage } from './mask-coverage.ts';

const MIN_COVERAGE = 0.003;
const MAX_COVERAGE = 0.97;
const MIN_CONFIDENCE = 0.05;

export async function embeddedLink(photo: Raster, signal: AbortSignal, report: (progress: number) => void): Promise<LinkResult> {
  const found = await cutOutEmbedded(photo, { signal, report });
  const mask = { width: photo.width, height: photo.height, data: found.mask };
  const coverage = maskCoverage(mask);
  if (coverage < MIN_COVERAGE) return { isDone: false, reason: 'no product stands out from the background' };
  if (coverage > MAX_COVERAGE) return { isDone: false, reason: 'the product cannot be told from the background' };
  if (found.confidence < MIN_CONFIDENCE) return { isDone: false, reason: 'the outline found is too uncertain to use' };
  return { isDone: true, mask, cutout: found.cutout, method: 'embedded', notes: found.notes };
}
