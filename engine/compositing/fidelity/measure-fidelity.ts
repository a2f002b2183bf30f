/**
 * The fidelity report: is the product in the finished video the product of the photo? Frames are decoded from the
 * delivered file, the cut-out is drawn as it ought to stand there, and both are compared over the product's interior.
 * It repairs nothing and decides nothing but the verdict; the pipeline calls it after each rendition.
 */
import type { Rect } from '#core/composition/layer.ts';
import type { Size } from '#core/project/ratio.ts';
import type { FrameRate } from '../encode/frame-rate.ts';
import type { Raster } from '../raster.ts';
import { meanDeltaE, psnr } from './colour-difference.ts';
import { decodeRegion } from './decode-region.ts';
import { erodeMask } from './erode-mask.ts';
import { drawIdealProduct, type IdealProduct, type ProductPlacement } from './ideal-product.ts';
import { locateProduct, type Location } from './locate-product.ts';
import { regionOf } from './region.ts';
import { lumaOf, type PixelMask } from './rgb-picture.ts';
import { structuralSimilarity } from './structural-similarity.ts';
import { findWorstPatch, type Patch } from './worst-patch.ts';

export interface FidelitySample extends ProductPlacement {
  readonly frameIndex: number;
  /** Below 1 the scene shines through and nothing can be compared: the sample is left out. */
  readonly opacity: number;
  /** The cut-out shown in this sample; default the request's. The whole of it is mapped onto `productRect`. */
  readonly cutout?: Raster;
  /** What stands in front: captions, foreground layers. Canvas pixels. */
  readonly occluders?: readonly Rect[];
}

export interface FidelityRequest {
  readonly videoPath: string;
  readonly size: Size;
  readonly fps: FrameRate;
  readonly samples: readonly FidelitySample[];
  /** Full resolution, straight alpha. */
  readonly cutout: Raster;
  /** How far from the product's edge its interior begins, pixels; default 6. More when a light wrap reaches further. */
  readonly edgePx?: number;
  readonly ffmpegPath?: string;
  readonly signal?: AbortSignal;
}

export interface FidelityFigures {
  /** Mean CIEDE2000. */
  readonly deltaE2000: number;
  /** Decibels over RGB. */
  readonly psnrDb: number;
  /** On BT.709 luma. */
  readonly ssim: number;
}

export interface SampleReport extends FidelityFigures {
  readonly frameIndex: number;
  readonly interiorPixels: number;
  readonly location: Location;
  /** In canvas pixels. */
  readonly worstPatch?: Patch;
}

export interface FidelityReport extends FidelityFigures {
  /** Measured, and nothing wrong with it. */
  readonly isFaithful: boolean;
  readonly verdict: 'faithful' | 'unfaithful' | 'unmeasured';
  /** What is wrong, or why nothing could be measured; one sentence each. */
  readonly reasons: readonly string[];
  readonly samples: readonly SampleReport[];
}

/** Limits of the whole report (means over the samples), and of each sample's worst patch. */
const FIDELITY_LIMITS = { deltaE2000: 0.8, psnrDb: 40, ssim: 0.97, patchDeltaE: 4 } as const;

const EDGE_PX = 6;
const SEARCH_MARGIN_PX = 10;
const MIN_INTERIOR_PIXELS = 400;

/** Measures the samples one after the other. Throws AbortError or TOOL_FAILED when the video cannot be decoded. */
export async function measureFidelity(request: FidelityRequest): Promise<FidelityReport> {
  const samples: SampleReport[] = [];
  const left: string[] = [];
  for (const sample of request.samples) {
    const measured = await measureSample(request, sample);
    if (typeof measured === 'string') left.push(measured);
    else samples.push(measured);
  }
  return judge(samples, left);
}

/** Returns the sample's report, or why it was left out. */
async function measureSample(request: FidelityRequest, sample: FidelitySample): Promise<SampleReport | string> {
  if (sample.opacity < 0.999) return `Frame ${sample.frameIndex}: the product is not opaque there.`;
  const region = regionOf(sample.productRect, sample.rotationDeg, SEARCH_MARGIN_PX, request.size);
  if (!region) return `Frame ${sample.frameIndex}: the product is outside the picture.`;
  const ideal = await drawIdealProduct(sample.cutout ?? request.cutout, sample, region);
  const interior = interiorOf(ideal, region, sample.occluders ?? [], request.edgePx ?? EDGE_PX);
  const interiorPixels = interior.reduce((sum, value) => sum + value, 0);
  if (interiorPixels < MIN_INTERIOR_PIXELS) return `Frame ${sample.frameIndex}: too little of the product is in sight.`;
  const actual = await decodeRegion({ ...request, frameIndex: sample.frameIndex, region });
  const patch = findWorstPatch(actual, ideal.picture, interior);
  const [actualLuma, idealLuma] = [lumaOf(actual), lumaOf(ideal.picture)];
  return {
    frameIndex: sample.frameIndex,
    interiorPixels,
    deltaE2000: meanDeltaE(actual, ideal.picture, interior),
    // 99 stands for "no difference at all": Infinity does not survive JSON.
    psnrDb: Math.min(99, psnr(actual, ideal.picture, interior)),
    ssim: structuralSimilarity(actualLuma, idealLuma, interior, region.width, region.height),
    location: locateProduct(actualLuma, idealLuma, interior, region),
    worstPatch: patch && { ...patch, x: patch.x + region.x, y: patch.y + region.y },
  };
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

function judge(samples: readonly SampleReport[], left: readonly string[]): FidelityReport {
  const mean = (pick: (sample: SampleReport) => number): number => samples.reduce((sum, sample) => sum + pick(sample), 0) / Math.max(1, samples.length);
  const figures = { deltaE2000: mean((sample) => sample.deltaE2000), psnrDb: mean((sample) => sample.psnrDb), ssim: mean((sample) => sample.ssim) };
  if (samples.length === 0) return { isFaithful: false, verdict: 'unmeasured', reasons: left, samples, ...figures };
  const reasons = [...figureFaults(figures), ...samples.flatMap(sampleFaults)];
  const isFaithful = reasons.length === 0;
  return { isFaithful, verdict: isFaithful ? 'faithful' : 'unfaithful', reasons, samples, ...figures };
}

function figureFaults({ deltaE2000, psnrDb, ssim: similarity }: FidelityFigures): string[] {
  const faults: string[] = [];
  if (deltaE2000 > FIDELITY_LIMITS.deltaE2000) faults.push(`Mean colour difference ΔE2000 ${deltaE2000.toFixed(2)} is above ${FIDELITY_LIMITS.deltaE2000}.`);
  if (psnrDb < FIDELITY_LIMITS.psnrDb) faults.push(`PSNR ${psnrDb.toFixed(1)} dB is below ${FIDELITY_LIMITS.psnrDb} dB.`);
  if (similarity < FIDELITY_LIMITS.ssim) faults.push(`SSIM ${similarity.toFixed(3)} is below ${FIDELITY_LIMITS.ssim}.`);
  return faults;
}

function sampleFaults({ frameIndex, location, worstPatch }: SampleReport): string[] {
  const faults: string[] = [];
  if (location.offsetX !== 0 || location.offsetY !== 0) faults.push(`Frame ${frameIndex}: the product stands ${location.offsetX}, ${location.offsetY} pixels off its place.`);
  if (worstPatch && worstPatch.deltaE > FIDELITY_LIMITS.patchDeltaE) {
    faults.push(`Frame ${frameIndex}: at ${worstPatch.x}, ${worstPatch.y} the product's colour is off by ΔE2000 ${worstPatch.deltaE.toFixed(1)}.`);
  }
  return faults;
}
