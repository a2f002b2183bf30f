/**
 * CIEDE2000 after Sharma, Wu and Dalal, "The CIEDE2000 Color-Difference Formula: Implementation Notes, Supplementary Test
 * Data, and Mathematical Observations", Color Research and Application 30 (2005). All parametric factors are 1.
 */

import type { Lab } from './lab.ts';

const RADIANS = Math.PI / 180;
const POW7_OF_25 = 25 ** 7;

/** The difference of two colours; about 1 is just noticeable. Symmetric, 0 for equal colours. */
export function deltaE2000(first: Lab, second: Lab): number {
  const meanChroma = (Math.hypot(first[1], first[2]) + Math.hypot(second[1], second[2])) / 2;
  const stretch = 1 + 0.5 * (1 - chromaRoot(meanChroma));
  const a1 = first[1] * stretch;
  const a2 = second[1] * stretch;
  const chroma1 = Math.sqrt(a1 * a1 + first[2] * first[2]);
  const chroma2 = Math.sqrt(a2 * a2 + second[2] * second[2]);
  const hue1 = hueDegrees(a1, first[2]);
  const hue2 = hueDegrees(a2, second[2]);
  const isGrey = chroma1 * chroma2 === 0;
  const hueStep = isGrey ? 0 : shortestTurn(hue2 - hue1);
  const hue = isGrey ? hue1 + hue2 : meanHue(hue1, hue2);
  const lightness = (first[0] + second[0]) / 2;
  const chroma = (chroma1 + chroma2) / 2;
  const lift = (lightness - 50) * (lightness - 50);
  const lightnessTerm = (second[0] - first[0]) / (1 + (0.015 * lift) / Math.sqrt(20 + lift));
  const chromaTerm = (chroma2 - chroma1) / (1 + 0.045 * chroma);
  const hueTerm = (2 * Math.sqrt(chroma1 * chroma2) * Math.sin((hueStep / 2) * RADIANS)) / (1 + 0.015 * chroma * hueWeight(hue));
  const turn = 30 * Math.exp(-(((hue - 275) / 25) ** 2));
  const rotation = -2 * chromaRoot(chroma) * Math.sin(2 * turn * RADIANS);
  return Math.sqrt(lightnessTerm * lightnessTerm + chromaTerm * chromaTerm + hueTerm * hueTerm + rotation * chromaTerm * hueTerm);
}

function chromaRoot(chroma: number): number {
  const power = chroma ** 7;
  return Math.sqrt(power / (power + POW7_OF_25));
}

function hueDegrees(a: number, b: number): number {
  if (a === 0 && b === 0) return 0;
  const hue = Math.atan2(b, a) / RADIANS;
  return hue < 0 ? hue + 360 : hue;
}

function shortestTurn(step: number): number {
  if (step > 180) return step - 360;
  return step < -180 ? step + 360 : step;
}

function meanHue(hue1: number, hue2: number): number {
  const sum = hue1 + hue2;
  if (Math.abs(hue1 - hue2) <= 180) return sum / 2;
  return sum < 360 ? (sum + 360) / 2 : (sum - 360) / 2;
}

function hueWeight(hue: number): number {
  const h = hue * RADIANS;
  return 1 - 0.17 * Math.cos(h - 30 * RADIANS) + 0.24 * Math.cos(2 * h) + 0.32 * Math.cos(3 * h + 6 * RADIANS) - 0.2 * Math.cos(4 * h - 63 * RADIANS);
}
