/**
 * The cut-out with a mask that the user has painted: their word on where the product is, the photo's own pixels, edges freed from the old background.
 * Plain data in and out, for a worker thread; the same photo and mask always give the same bytes.
 */
import { AdgenError } from '#core/contract/errors.ts';
import type { Raster } from '#engine/compositing/raster.ts';
import { decodeMask, decodeRaster, encodeMask } from './codec.ts';
import type { Mask } from './codec.ts';
import { finishCutout, flattenOnWhite } from './cut-out-product.ts';
import type { CutOutProductRequest, CutOutProductResult } from './cut-out-product.ts';
import { decontaminateEdge } from './decontaminate-edge.ts';
import { softenMask } from './feather-mask.ts';

/** The mask in its final form, with a soft edge of about `featherPx` photo pixels. */
export async function featherMask(maskPng: Uint8Array, featherPx: number): Promise<Buffer> {
  const mask = await decodeMask(maskPng);
  return await encodeMask(featherPx > 0 ? softenMask(mask, featherPx) : mask);
}

/** Throws BAD_INPUT for a mask of another size than the photo, and for one that leaves nothing. */
export async function correctCutout(uprightPng: Uint8Array, maskPng: Uint8Array, request: Pick<CutOutProductRequest, 'signal' | 'report'>): Promise<Omit<CutOutProductResult, 'fallback'>> {
  const [photo, mask] = await Promise.all([decodeRaster(uprightPng), decodeMask(maskPng)]);
  assertFits(photo, mask);
  request.signal.throwIfAborted();
  request.report(0.1, 'freeing the edge from its background');
  const cutout = withOwnColours(photo, decontaminateEdge(flattenOnWhite(photo), mask));
  return { ...(await finishCutout(photo, { isDone: true, mask, cutout, method: 'painted', notes: [] }, request)), notes: [] };
}

/** Fewer visible pixels than this are specks of a brush. */
const MIN_VISIBLE = 64;

function assertFits(photo: Raster, mask: Mask): void {
  if (mask.width !== photo.width || mask.height !== photo.height) throw new AdgenError('BAD_INPUT', `The mask has ${mask.width}×${mask.height} px and the upright photo ${photo.width}×${photo.height} px. They must be of the same size.`);
  let visible = 0;
  for (const alpha of mask.data) if (alpha > 127 && ++visible >= MIN_VISIBLE) return;
  throw new AdgenError('BAD_INPUT', 'The mask leaves nothing of the product. Paint back at least a part of it, or reset the mask.');
}

/** Where the user left a file's own transparency alone, its colours are right already, to the pixel. */
function withOwnColours(photo: Raster, cutout: Raster): Raster {
  for (let at = 3; at < photo.data.length; at += 4) {
    const alpha = photo.data[at] ?? 255;
    if (alpha === 255 || alpha === 0 || alpha !== cutout.data[at]) continue;
    for (let channel = at - 3; channel < at; channel++) cutout.data[channel] = photo.data[channel] ?? 0;
  }
  return cutout;
}
