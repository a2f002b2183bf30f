/**
 * Carries the outline found at working size to the photo's own pixels, in strips of rows that overlap, so that a photo of
 * 24 megapixels needs hardly more memory than one of two: first the outline, then, when it is straightened as a whole, its
 * coverage and colour.
 */
import type { Raster } from '#engine/compositing/raster.ts';
import { bandFromWorking } from './band.ts';
import { refineAlpha } from './refine-alpha.ts';
import { refineContour } from './refine-contour.ts';
import { signedDistance } from './signed-distance.ts';
import { straightenContour } from './straighten-contour.ts';
import { keepLargePieces } from './tidy-mask.ts';
import type { WorkingPicture } from './working-picture.ts';

/** How far the outline may move when it is found again at full size. */
const BAND_IN_WORKING_PX = 1.6;
const STRIP_PIXELS = 2_000_000;
/** Rows that a strip sees beyond its own, so that neighbouring strips agree. */
const OVERLAP_ROWS = 48;
/** Width over which a photo's outlines fade. */
const OUTLINE_BLUR_PX = 2;
/** A photo's finest detail counts as a pixel at this size. */
const DETAIL_LONG_SIDE = 1280;

export interface RefinedCutout {
  readonly mask: Uint8Array;
  readonly cutout: Raster;
}

/** `beforeStrip` is called with the done share (0–1) and may throw to stop. */
export function refine(photo: Raster, picture: WorkingPicture, isProduct: Uint8Array, noise: number, isTextured: boolean, beforeStrip: (done: number) => void): RefinedCutout {
  const { width, height } = photo;
  const signed = signedDistance(isProduct, picture.width, picture.height, 24, 0.8);
  const rough = new Uint8Array(width * height);
  for (const { from, to, top, bottom, strip } of stripsOf(photo)) {
    beforeStrip((0.5 * top) / height);
    const band = bandFromWorking(signed, picture, photo, { from, to }, BAND_IN_WORKING_PX * picture.factor + 1);
    const contour = keepLargePieces(refineContour(strip, band, noise), width, to - from, width * height);
    rough.set(contour.subarray((top - from) * width, (bottom - from) * width), top * width);
  }
  const outline = isTextured ? rough : straightenContour(photo, rough, Math.max(1, Math.max(width, height) / DETAIL_LONG_SIDE), noise);
  const mask = new Uint8Array(width * height);
  const data = new Uint8Array(photo.data.length);
  for (const { from, to, top, bottom, strip } of stripsOf(photo)) {
    beforeStrip(0.5 + (0.5 * top) / height);
    const refined = refineAlpha(strip, outline.subarray(from * width, to * width), OUTLINE_BLUR_PX);
    mask.set(refined.mask.subarray((top - from) * width, (bottom - from) * width), top * width);
    data.set(refined.cutout.data.subarray((top - from) * width * 4, (bottom - from) * width * 4), top * width * 4);
  }
  return { mask, cutout: { width, height, data } };
}

interface Strip {
  /** Its own rows, and with those that it sees beyond. */
  readonly top: number;
  readonly bottom: number;
  readonly from: number;
  readonly to: number;
  readonly strip: Raster;
}

function* stripsOf(photo: Raster): Generator<Strip> {
  const { width, height } = photo;
  const rows = Math.max(OVERLAP_ROWS * 2, Math.floor(STRIP_PIXELS / width));
  for (let top = 0; top < height; top += rows) {
    const bottom = Math.min(height, top + rows);
    const from = Math.max(0, top - OVERLAP_ROWS);
    const to = Math.min(height, bottom + OVERLAP_ROWS);
    yield { top, bottom, from, to, strip: { width, height: to - from, data: photo.data.subarray(from * width * 4, to * width * 4) } };
  }
}
