/**
 * What each working pixel says about itself: positive = product, negative = background, in units of the cost of a pixel on
 * the wrong side. Reached background speaks against, colours that no shade of the background explains speak for; a region
 * that could be either is judged by its border: as sharp as the lens means product, soft means shadow.
 */
import type { Planes } from './background-colours.ts';
import { dilate, erode } from './filters.ts';
import { likenessTo, unexplainedBy, type Region, type RegionMap } from './regions.ts';
import { fitShadow } from './shadow-model.ts';
import type { WorkingPicture } from './working-picture.ts';

const REACHED = 0.9;
const ENCLOSED = 0.3;
const SHADOW = 0.4;
/** A shadow's border is softer than this share of the lens's sharpness; above the second it is not a shadow's. */
const SOFT_SHARE = 0.72;
const SHARP_SHARE = 0.8;
/** Mean distance from any shade of the background (in tolerances) that makes a region product; a soft shadow may be tinted more. */
const UNEXPLAINED = 0.4;
const MAX_TINT = 0.9;
/** Log range of the light inside a hard shadow, and how large a region must be to be called one. */
const HARD_SHADOW_SPREAD = 0.08;
const HARD_SHADOW_PX = 500;
/** What an odd tint counts in a region that is taken for a shadow (a wall's colour may be expected where a table lies). */
const SHADOW_TINT = 0.2;
const MIN_OPEN_BORDER_PX = 12;
const MIN_HOLE_PX = 60;
const PROPAGATION_ROUNDS = 6;
const RIM = 0.12;
const RIM_SHADE = 0.93;
const MIXED_REACH_PX = 5;

export function weighEvidence(picture: WorkingPicture, background: Planes, reached: Uint8Array, isEdge: Uint8Array, map: RegionMap, noise: number): Float32Array {
  const { planes } = picture;
  const evidence = new Float32Array(reached.length);
  const verdicts = judgeRegions(map);
  const isMixed = findMixedEdges(picture, reached, isEdge);
  for (let at = 0; at < evidence.length; at++) {
    const fit = fitShadow(planes[0][at]!, planes[1][at]!, planes[2][at]!, background[0][at]!, background[1][at]!, background[2][at]!);
    const unexplained = unexplainedBy(fit.residual, fit.shade, chromaOf(background, at), noise);
    if (reached[at] === 1) evidence[at] = -REACHED + 0.5 * unexplained;
    else if (isMixed[at] === 1) evidence[at] = -0.25;
    else if (isEdge[at] === 1) evidence[at] = 0.8 * unexplained + leanOfOutline(at, fit.shade);
    else {
      const verdict = verdicts[map.owner[at]! - 1] ?? 0;
      evidence[at] = (verdict < 0 ? SHADOW_TINT : 0.8) * unexplained + verdict;
    }
  }
  return evidence;

  /** On an outline the cut chooses, with a slight lean: what is about as bright as the background but not like it is the product's rim. */
  function leanOfOutline(at: number, shade: number): number {
    if (shade < RIM_SHADE) return 0;
    const difference = Math.hypot(...planes.map((plane, channel) => plane[at]! - background[channel]![at]!));
    return RIM * (1 - 2 * likenessTo(difference, noise));
  }
}

function chromaOf(background: Planes, at: number): number {
  const [red, green, blue] = [background[0][at]!, background[1][at]!, background[2][at]!];
  return Math.max(red, green, blue) - Math.min(red, green, blue);
}

/**
 * Every region's own verdict, then, as far as a region has little border with the background to be judged by, its
 * neighbours'.
 */
function judgeRegions(map: RegionMap): number[] {
  const opinions = map.regions.map((region) => judge(region, map));
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

function judge(region: Region, map: RegionMap): { verdict: number; certainty: number } {
  const lens = Math.min(2.2, Math.max(1.6, map.lensSharpness));
  const softness = clamp((SHARP_SHARE - region.sharpness / lens) / (SHARP_SHARE - SOFT_SHARE));
  const isTintedShadow = softness > 0.9 && region.unexplained < MAX_TINT && region.shade < 0.8;
  if (region.unexplained > UNEXPLAINED && !isTintedShadow) return { verdict: ENCLOSED, certainty: 1 };
  if (isHardShadow(region, map)) return { verdict: -SHADOW, certainty: 0.8 };
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

/**
 * A shadow in hard light is as sharp as the product, but even all over, as a lit surface hardly is, and small beside the
 * product that throws it.
 */
function isHardShadow(region: Region, map: RegionMap): boolean {
  if (region.shade < 0.2 || region.shade > 0.9 || region.shadeSpread > HARD_SHADOW_SPREAD || region.openBorder === 0) return false;
  return region.pixels.length > HARD_SHADOW_PX && map.surePixels > region.pixels.length;
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
