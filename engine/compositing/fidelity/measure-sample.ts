/**
 * One measurement of the fidelity report: is the product in a frame of the video the product of the photo? The frame is decoded
 * from the encoded file, the cut-out is drawn as it ought to stand there, and both are compared over the product's interior.
 * It repairs nothing and judges nothing; `judge-fidelity.ts` does, over all samples of a video.
 */
import type { Rect } from '#core/composition/layer.ts';
import type { Size } from '#core/project/ratio.ts';
import type { FrameRate } from '../encode/frame-rate.ts';
import type { Raster } from '../raster.ts';
import { carryIn420 } from './carry-in-420.ts';
import { meanDeltaE, psnr } from './colour-difference.ts';
import { decodeRegion } from './decode-region.ts';
import { erodeMask } from './erode-mask.ts';
import { drawIdealProduct, type IdealProduct } from './ideal-product.ts';
import { missesColourLimits, type ColourFigures, type SampleMeasurement } from './judge-fidelity.ts';
import { locateProduct } from './locate-product.ts';
import type { ProductPlacement } from './product-placement.ts';
import { regionOf } from './region.ts';
import { lumaOf, type PixelMask, type RgbPicture } from './rgb-picture.ts';
import { structuralSimilarity } from './structural-similarity.ts';
import { findWorstPatch } from './worst-patch.ts';

export interface FidelitySample extends ProductPlacement {
  readonly frameIndex: number;
  /** Below 1 the scene shines through and nothing can be compared: the sample is left out. */
  readonly opacity: number;
  /** What stands in front: captions, foreground layers. Canvas pixels. */
  readonly occluders?: readonly Rect[];
}

export interface FidelityRequest {
  /** The sample's frames count from this file's beginning. */
  readonly videoPath: string;
  readonly size: Size;
  readonly fps: FrameRate;
  readonly sample: FidelitySample;
  /** Full resolution, straight alpha. */
  readonly cutout: Raster;
  /** How far from the product's edge its interior begins, pixels; default 6. More when a light wrap reaches further. */
  readonly edgePx?: number;
  readonly ffmpegPath?: string;
  readonly signal?: AbortSignal;
}

const EDGE_PX = 6;
const SEARCH_MARGIN_PX = 10;
const MIN_INTERIOR_PIXELS = 400;

/** Throws AbortError, or TOOL_FAILED when the video cannot be decoded. */
export async function measureSample(request: FidelityRequest): Promise<SampleMeasurement> {
  const { sample, cutout } = request;
  const { frameIndex } = sample;
  if (sample.opacity < 0.999) return { frameIndex, leftOut: 'the product is not opaque there.' };
  const region = regionOf(sample.productRect, sample.rotationDeg, SEARCH_MARGIN_PX, request.size);
  if (!region) return { frameIndex, leftOut: 'the product is outside the picture.' };
  const ideal = await drawIdealProduct(cutout, sample, region);
  const interior = interiorOf(ideal, region, sample.occluders ?? [], request.edgePx ?? EDGE_PX);
  const interiorPixels = interior.reduce((sum, value) => sum + value, 0);
  if (interiorPixels < MIN_INTERIOR_PIXELS) return { frameIndex, leftOut: 'too little of the product is in sight.' };
  const actual = await decodeRegion({ ...request, frameIndex, region });
  const patch = findWorstPatch(actual, ideal.picture, interior);
  const [actualLuma, idealLuma] = [lumaOf(actual), lumaOf(ideal.picture)];
  const colour = compareColour(actual, ideal.picture, interior);
  return {
    frameIndex,
    interiorPixels,
    ...colour,
    ...(missesColourLimits(colour) ? { besides420: compareColour(actual, carryIn420(ideal.picture, region.x, region.y), interior) } : {}),
    ssim: structuralSimilarity(actualLuma, idealLuma, interior, region.width, region.height),
    location: locateProduct(actualLuma, idealLuma, interior, region),
    worstPatch: patch && { ...patch, x: patch.x + region.x, y: patch.y + region.y },
  };
}

function compareColour(actual: RgbPicture, ideal: RgbPicture, interior: PixelMask): ColourFigures {
  // 99 stands for "no difference at all": Infinity does not survive JSON.
  return { deltaE2000: meanDeltaE(actual, ideal, interior), psnrDb: Math.min(99, psnr(actual, ideal, interior)) };
}

/** Where the product is opaque, away from its edge and from all that stands in front of it. */
function interiorOf(ideal: IdealProduct, region: Rect, occluders: readonly Rect[], edgePx: number): PixelMask {
  const free = Uint8Array.from(ideal.opaque);
  for (const occluder of occluders) {
    const left = Math.max(0, Math.floor(occluder.x - region.x));
    const right = Math.min(region.width, Math.ceil(occluder.x + occluder.width - region.x));
    const bottom = Math.min(region.height, Math.ceil(occluder.y + occluder.height - region.y));
    for (let y = Math.max(0, Math.floor(occluder.y - region.y)); y < bottom; y++) {
      if (right > left) free.fill(0, y * region.width + left, y * region.width + right);
    }
  }
  return erodeMask(free, region.width, region.height, edgePx);
}
