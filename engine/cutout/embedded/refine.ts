/**
 * Carries the outline found at working size to the photo's own pixels, in strips of rows that overlap, so that a photo of
 * 24 megapixels needs no more memory than one of two.
 */
import type { Raster } from '#engine/compositing/raster.ts';
import { bandFromWorking } from './band.ts';
import { refineAlpha } from './refine-alpha.ts';
import { refineContour } from './refine-contour.ts';
import { signedDistance } from './signed-distance.ts';
import { keepLargePieces } from './tidy-mask.ts';
import type { WorkingPicture } from './working-picture.ts';

/** How far the outline may move when it is found again at full size. */
const BAND_IN_WORKING_PX = 1.6;
const STRIP_PIXELS = 2_000_000;
/** Rows that a strip sees beyond its own, so that neighbouring strips agree. */
const OVERLAP_ROWS = 48;
/** Width over which a photo's outlines fade. */
const OUTLINE_BLUR_PX = 2;

export interface RefinedCutout {
  readonly mask: Uint8Array;
  readonly cutout: Raster;
}

/** `beforeStrip` is called with the done share (0–1) and may throw to stop. */
export function refine(photo: Raster, picture: WorkingPicture, isProduct: Uint8Array, noise: number, beforeStrip: (done: number) => void): RefinedCutout {
  const { width, height } = photo;
  const signed = signedDistance(isProduct, picture.width, picture.height, 24, 0.8);
  const mask = new Uint8Array(width * height);
  const data = new Uint8Array(photo.data.length);
  const stripRows = Math.max(OVERLAP_ROWS * 2, Math.floor(STRIP_PIXELS / width));
  for (let top = 0; top < height; top += stripRows) {
    beforeStrip(top / height);
    const bottom = Math.min(height, top + stripRows);
    const from = Math.max(0, top - OVERLAP_ROWS);
    const to = Math.min(height, bottom + OVERLAP_ROWS);
    const strip: Raster = { width, height: to - from, data: photo.data.subarray(from * width * 4, to * width * 4) };
    const band = bandFromWorking(signed, picture, photo, { from, to }, BAND_IN_WORKING_PX * picture.factor + 1);
    const contour = keepLargePieces(refineContour(strip, band, noise), width, to - from, width * height);
    const refined = refineAlpha(strip, contour, OUTLINE_BLUR_PX);
    mask.set(refined.mask.subarray((top - from) * width, (bottom - from) * width), top * width);
    data.set(refined.cutout.data.subarray((top - from) * width * 4, (bottom - from) * width * 4), top * width * 4);
  }
  return { mask, cutout: { width, height, data } };
}
