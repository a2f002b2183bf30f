/**
 * What each working pixel says about itself: positive = product, negative = background, in units of the cost of a pixel on
 * the wrong side. Reached background speaks against, colours that no shade of the background explains speak for; a region
 * that could be either is judged by its border: as sharp as the lens means product, soft means shadow.
 */
import type { Planes } from './background-colours.ts';
import { dilate, erode } from './filters.ts';
import { unexplainedBy, type Region, type RegionMap } from './regions.ts';
import { fitShadow } from './shadow-model.ts';
import type { WorkingPicture } from './working-picture.ts';

const REACHED = 0.9;
const ENCLOSED = 0.3;
const SHADOW = 0.4;
/** A shadow's border is softer than this share of the lens's sharpness; above the second it is not a shadow's. */
const SOFT_SHARE = 0.72;
const SHARP_SHARE = 0.8;
const MIN_OPEN_BORDER_PX = 12;
const MIN_HOLE_PX = 60;
const PROPAGATION_ROUNDS = 6;
/** An outline pixel leans towards its nearest region, but lets the cut choose. */
const EDGE_SHARE = 0.03;
const MIXED_REACH_PX = 5;

export function weighEvidence(picture: WorkingPicture, background: Planes, reached: Uint8Array, isEdge: Uint8Array, map: RegionMap, noise: number): Float32Array {
  const { planes } = picture;
  const evidence = new Float32Array(reached.length);
  const verdicts = judgeRegions(map);
  const isMixed = findMixedEdges(picture, reached, isEdge);
  for (let at = 0; at < evidence.length; at++) {
    const fit = fitShadow(planes[0][at]!, planes[1][at]!, planes[2][at]!, background[0][at]!, background[1][at]!, background[2][at]!);
    const chroma = chromaOf(background, at);
    const unexplained = unexplainedBy(fit.residual, fit.shade, chroma, noise);
    if (reached[at] === 1) evidence[at] = -REACHED + 0.5 * unexplained;
    else if (isMixed[at] === 1) evidence[at] = -0.25;
    else if (isEdge[at] === 1) evidence[at] = 0.8 * unexplained + EDGE_SHARE * (map.owner[at] === 0 ? -SHADOW : (verdicts[map.owner[at]! - 1] ?? 0));
    else evidence[at] = 0.8 * unexplained + (verdicts[map.owner[at]! - 1] ?? 0);
  }
  return evidence;
}

export function chromaOf(background: Planes, at: number): number {
  const [red, green, blue] = [background[0][at]!, background[1][at]!, background[2][at]!];
  return Math.max(red, green, blue) - Math.min(red, green, blue);
}

/**
 * Every region's own verdict, then, as far as a region has little border with the background to be judged by, its
 * neighbours'.
 */
function judgeRegions(map: RegionMap): number[] {
  const opinions = map.regions.map((region) => judge(region, map.lensSharpness));
  let verdicts = opinions.map(({ verdict, certainty }) => verdict * certainty);
  for (let round = 0; round < PROPAGATION_ROUNDS; round++) {
    verdicts = opinions.map(({ verdict, certainty }, index) => {
      let sum = 0;
      let total = 1;
      for (const [neighbour, border] of map.regions[index]!.neighbours) {
        sum += border * verdicts[neighbour]!;
        total += border;
      }
      return certainty * verdict + (1 - certainty) * (sum / total);
    });
  }
  return verdicts;
}

function judge(region: Region, lensSharpness: number): { verdict: number; certainty: number } {
  const lens = Math.min(2.2, Math.max(1.6, lensSharpness));
  const softness = clamp((SHARP_SHARE - region.sharpness / lens) / (SHARP_SHARE - SOFT_SHARE));
  if (region.unexplained > 0.4) return { verdict: ENCLOSED, certainty: 1 };
  const isChromatic = clamp((region.chroma - 70) / 50);
  const isShade = region.shade > 0.12 && region.shade < 0.97 ? isChromatic : 0;
  const inner = [...region.neighbours.values()].reduce((sum, border) => sum + border, 0);
  const openShare = region.openBorder / (region.openBorder + inner + 1);
  if (region.openBorder < MIN_OPEN_BORDER_PX) {
    const isHole = region.pixels.length > MIN_HOLE_PX ? Math.max(isChromatic, clamp(2 * region.likeness - 0.8)) : 0;
    return { verdict: -SHADOW, certainty: isHole };
  }
  const isShadow = Math.max(softness, isShade);
  const certainty = Math.max(isShade, clamp((openShare - 0.2) / 0.2));
  return { verdict: ENCLOSED * (1 - isShadow) - SHADOW * isShadow, certainty };
}

/** Edge pixels whose colour lies between two kinds of background on their sides: a horizon, a joint, a shadow's rim. */
function findMixedEdges(picture: WorkingPicture, reached: Uint8Array, isEdge: Uint8Array): Uint8Array {
  const { width, height } = picture;
  const isMixed = isEdge.slice();
  for (const plane of picture.planes) {
    const low = erode(plane.map((value, at) => (reached[at] === 1 ? value : 1e6)), width, height, MIXED_REACH_PX);
    const high = dilate(plane.map((value, at) => (reached[at] === 1 ? value : -1e6)), width, height, MIXED_REACH_PX);
    for (let at = 0; at < isMixed.length; at++) {
      if (plane[at]! < low[at]! - 3 || plane[at]! > high[at]! + 3) isMixed[at] = 0;
    }
  }
  return isMixed;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
