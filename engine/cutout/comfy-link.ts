/**
 * The link of the cut-out chain that takes a ComfyUI's word for where the product is. The mask was made before (`providers/comfyui/cutout-mask.ts`);
 * here it is fitted to the photo's own edges, and the product's pixels are the photo's.
 */
import sharp from 'sharp';
import type { Raster } from '#engine/compositing/raster.ts';
import { decontaminateEdge } from './decontaminate-edge.ts';
import type { LinkResult } from './link.ts';
import { maskCoverage } from './mask-coverage.ts';
import { refineMask } from './onnx/guided-filter.ts';

const MIN_COVERAGE = 0.002;
const MAX_COVERAGE = 0.985;

/** Matting models look at a photo at this size (BiRefNet: 1024²); a finer mask from them holds no finer edges. */
const MODEL_SIDE = 1024;

/** @param maskPng 8-bit grey, 255 = product, of the photo's shape in any size */
export async function comfyLink(photo: Raster, maskPng: Uint8Array): Promise<LinkResult> {
  const { data, info } = await sharp(maskPng).resize(MODEL_SIDE, MODEL_SIDE, { fit: 'inside', withoutEnlargement: true }).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
  const mask = await refineMask(photo, { width: info.width, height: info.height, data: Float32Array.from(data, (value) => value / 255) });
  const coverage = maskCoverage(mask);
  if (coverage < MIN_COVERAGE || coverage > MAX_COVERAGE) return { isDone: false, reason: 'ComfyUI found no product in the photo' };
  return { isDone: true, mask, cutout: decontaminateEdge(photo, mask), method: 'comfyui', notes: [] };
}
