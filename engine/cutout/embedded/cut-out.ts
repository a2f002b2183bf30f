/**
 * The embedded cut-out: finds the product in a photo without any model. Runs in a worker thread. At a reduced size it
 * separates product from background and shadow (`segment-…`), then refines the outline, its coverage and its colour on
 * the photo's own pixels. It never paints: outside the outline's mixed pixels the cut-out has the photo's exact colours.
 */
import type { Raster } from '#engine/compositing/raster.ts';
import { bandFromWorking } from './band.ts';
import { refineAlpha } from './refine-alpha.ts';
import { refineContour } from './refine-contour.ts';
import { segmentSmooth } from './segment-smooth.ts';
import { signedDistance } from './signed-distance.ts';
import { toWorkingPicture } from './working-picture.ts';

export interface EmbeddedCutout {
  /** 8-bit alpha, width × height of the photo. */
  readonly mask: Uint8Array;
  /** Same size, straight alpha, the background's colour removed from the outline. */
  readonly cutout: Raster;
  /** A smooth estimate of the empty background; its own size, always covering the whole photo. */
  readonly background: Raster | null;
  /** 0–1: how far the outline is supported by what the photo shows. */
  readonly confidence: number;
  readonly notes: string[];
}

export interface CutOutOptions {
  readonly signal?: AbortSignal;
  report?(progress: number): void;
}

const WORKING_LONG_SIDE = 640;

export async function cutOutEmbedded(photo: Raster, options: CutOutOptions = {}): Promise<EmbeddedCutout> {
  const step = (progress: number): void => {
    options.signal?.throwIfAborted();
    options.report?.(progress);
  };
  step(0);
  const picture = toWorkingPicture(photo, WORKING_LONG_SIDE);
  const { isProduct, edges } = segmentSmooth(picture);
  step(0.5);
  const signed = signedDistance(isProduct, picture.width, picture.height, 24, 0.8);
  const band = bandFromWorking(signed, picture.width, picture.height, picture.factor, photo.width, photo.height, 1.6 * picture.factor + 1);
  const contour = refineContour(photo, band, edges.noise);
  step(0.8);
  const { mask, cutout } = refineAlpha(photo, contour, 2);
  step(1);
  return { mask, cutout, background: null, confidence: 1, notes: [] };
}
