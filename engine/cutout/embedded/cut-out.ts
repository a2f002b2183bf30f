/**
 * The embedded cut-out: finds the product in a photo without any model. Runs in a worker thread. At a reduced size it
 * separates product from background and shadow (`segment-…`), then refines the outline, its coverage and its colour on
 * the photo's own pixels. It never paints: outside the outline's mixed pixels the cut-out has the photo's exact colours.
 */
import type { Raster } from '#engine/compositing/raster.ts';
import { appraise } from './appraise.ts';
import { refine } from './refine.ts';
import { segmentSmooth } from './segment-smooth.ts';
import { segmentTextured } from './segment-textured.ts';
import { frameTexture } from './texture.ts';
import { tidyMask } from './tidy-mask.ts';
import { toWorkingPicture } from './working-picture.ts';

export interface EmbeddedCutout {
  /** 8-bit alpha, width × height of the photo. */
  readonly mask: Uint8Array;
  /** Same size, straight alpha, the background's colour removed from the outline. */
  readonly cutout: Raster;
  /** 0–1: how far the outline is supported by what the photo shows. */
  readonly confidence: number;
  readonly notes: string[];
}

export interface CutOutOptions {
  readonly signal?: AbortSignal;
  report?(progress: number): void;
}

/**
 * The product is searched at two thirds of the photo or less: averaging takes away noise and JPEG's blocks, which faint
 * outlines would drown in.
 */
const WORKING_LONG_SIDE = { most: 640, least: 320, reduction: 1.5 };
/** Local contrast of the frame (levels) from which the background counts as textured. */
const TEXTURED = 1.1;
/** Share of the largest piece that another piece must have; specks of texture are larger than dust on a sweep. */
const MIN_PIECE = 0.008;
const MIN_PIECE_TEXTURED = 0.08;

export async function cutOutEmbedded(photo: Raster, options: CutOutOptions = {}): Promise<EmbeddedCutout> {
  const step = (progress: number): void => {
    options.signal?.throwIfAborted();
    options.report?.(progress);
  };
  step(0);
  const picture = toWorkingPicture(photo, workingLongSide(photo));
  const smooth = segmentSmooth(picture);
  const isTextured = frameTexture(picture) > TEXTURED;
  const found = isTextured ? await segmentTextured(picture, smooth) : smooth.isProduct;
  const isProduct = tidyMask(found, picture.width, picture.height, isTextured ? MIN_PIECE_TEXTURED : MIN_PIECE);
  step(0.5);
  const { mask, cutout } = refine(photo, picture, isProduct, smooth.edges.noise, isTextured, (done) => step(0.5 + done / 2));
  step(1);
  return { mask, cutout, ...appraise(picture, smooth, isProduct, isTextured) };
}

function workingLongSide(photo: Raster): number {
  const { most, least, reduction } = WORKING_LONG_SIDE;
  return Math.max(least, Math.min(most, Math.max(photo.width, photo.height) / reduction));
}
