/**
 * Finds the product in front of a textured background (wood, cloth, plaster, stone), where outlines are everywhere and only
 * colours tell: OpenCV's grabCut (Rother et al. 2004), started from what the smooth method found plus every colour that the
 * frame does not show, shadows taken out.
 */
import { loadOpenCv } from './load-opencv.ts';
import { framePixels } from './frame-seeds.ts';
import { findPalette, type Palette } from './palette-of-frame.ts';
import { fitShadow } from './shadow-model.ts';
import type { Segmentation } from './segment-smooth.ts';
import type { WorkingPicture } from './working-picture.ts';

const ITERATIONS = 4;
const STRANGE = 3;
const FRAME_MARGIN = 0.03;

/** 1 product, 0 background, at working size. */
export async function segmentTextured(picture: WorkingPicture, smooth: Segmentation): Promise<Uint8Array> {
  const { width, height, planes } = picture;
  const cv = await loadOpenCv();
  const palette = findPalette(picture, FRAME_MARGIN);
  const image = new cv.Mat(height, width, cv.CV_8UC3);
  const mask = new cv.Mat(height, width, cv.CV_8UC1);
  const backModel = new cv.Mat();
  const frontModel = new cv.Mat();
  try {
    for (let at = 0; at < width * height; at++) {
      for (let channel = 0; channel < 3; channel++) image.data[at * 3 + channel] = Math.round(planes[channel]![at]!);
      mask.data[at] = smooth.isProduct[at] === 1 || isStrange(picture, palette, at) ? cv.GC_PR_FGD : cv.GC_PR_BGD;
    }
    for (const at of framePixels(width, height)) if (smooth.isSeed[at] === 1) mask.data[at] = cv.GC_BGD;
    if (!mask.data.includes(cv.GC_PR_FGD)) return smooth.isProduct;
    cv.grabCut(image, mask, new cv.Rect(0, 0, 1, 1), backModel, frontModel, ITERATIONS, cv.GC_INIT_WITH_MASK);
    return Uint8Array.from(mask.data, (value) => (value === cv.GC_FGD || value === cv.GC_PR_FGD ? 1 : 0));
  } finally {
    for (const matrix of [image, mask, backModel, frontModel]) matrix.delete();
  }
}

/** Neither one of the frame's colours nor a shade of one. */
function isStrange(picture: WorkingPicture, palette: Palette, at: number): boolean {
  const [red, green, blue] = [picture.planes[0][at]!, picture.planes[1][at]!, picture.planes[2][at]!];
  for (const { colour, spread } of palette) {
    if (Math.hypot(red - colour[0], green - colour[1], blue - colour[2]) < STRANGE * spread) return false;
    const fit = fitShadow(red, green, blue, ...colour);
    if (fit.shade > 0.3 && fit.shade < 1.02 && fit.residual < 4 + spread) return false;
  }
  return true;
}
