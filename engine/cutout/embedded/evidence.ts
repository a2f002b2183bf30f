/**
 * What each working pixel says about itself: positive = product, negative = background, in units of the cost of a pixel on
 * the wrong side. Three sources: whether the flood from the frame reached it, whether the surrounding background (in
 * shade or not) explains its colour, and whether it lies enclosed by outlines without looking just like the background.
 */
import { distanceTo } from './filters.ts';
import { fillSmoothly } from './fill-smoothly.ts';
import { fitShadow } from './shadow-model.ts';
import type { WorkingPicture } from './working-picture.ts';

export type Planes = readonly [Float32Array, Float32Array, Float32Array];

/** The picture's colours where `isKnown`, smoothly continued elsewhere. */
export function continueBackground(picture: WorkingPicture, isKnown: Uint8Array): Planes {
  const weight = Float32Array.from(isKnown);
  return picture.planes.map((plane) => fillSmoothly(plane, weight, picture.width, picture.height)) as unknown as Planes;
}

const ENCLOSED = 0.28;
const REACHED = 0.9;
const BASE_TOLERANCE = 7;
const SHADE_TOLERANCE = 22;
const CONTACT_PX = 5;

export function weighEvidence(picture: WorkingPicture, background: Planes, reached: Uint8Array, isEdge: Uint8Array, noise: number): Float32Array {
  const { width, height, planes } = picture;
  const evidence = new Float32Array(width * height);
  const fromReached = distanceTo(reached, width, height, 64);
  const matchTolerance = 2.2 + 4 * noise;
  for (let at = 0; at < evidence.length; at++) {
    const [red, green, blue] = [planes[0][at]!, planes[1][at]!, planes[2][at]!];
    const fit = fitShadow(red, green, blue, background[0][at]!, background[1][at]!, background[2][at]!);
    const darkness = 1 - Math.min(1, fit.shade);
    const tolerance = BASE_TOLERANCE + 8 * noise + SHADE_TOLERANCE * darkness;
    const excess = Math.max(0, fit.shade - 1.04) * 60;
    const unexplained = clamp((fit.residual + excess) / tolerance - 1, 0, 1.5);
    if (reached[at] === 1) {
      evidence[at] = -REACHED + 0.5 * unexplained;
      continue;
    }
    const difference = Math.hypot(red - background[0][at]!, green - background[1][at]!, blue - background[2][at]!);
    const likeness = 1 - clamp(difference / matchTolerance - 1, 0, 1);
    const isContact = darkness > 0.12 && fromReached[at]! < CONTACT_PX;
    const enclosed = isEdge[at] === 1 || isContact ? 0 : ENCLOSED * (1 - 1.4 * likeness);
    evidence[at] = enclosed + 0.8 * unexplained;
  }
  return evidence;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
