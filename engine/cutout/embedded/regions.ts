/**
 * Cuts what the flood did not reach into regions along its outlines, and measures each: is its colour explained by the
 * surrounding background in shade, is it a plain continuation of the background, how sharp is its border with the background
 * that was reached (a product's is as sharp as the lens, a shadow's softens with distance).
 */
import type { Planes } from './background-colours.ts';
import { findComponents } from './components.ts';
import type { EdgeMap } from './edge-map.ts';
import { dilate, distanceTo, percentile } from './filters.ts';
import { fitShadow } from './shadow-model.ts';
import type { WorkingPicture } from './working-picture.ts';

export interface Region {
  readonly pixels: Int32Array;
  /** Mean distance, in units of tolerance, from any shade of the background. */
  readonly unexplained: number;
  /** Share of pixels that look just like the background continued. */
  readonly likeness: number;
  /** Median of colour's light ÷ background's light, and how far apart its tenth and ninetieth percentile lie (log). */
  readonly shade: number;
  readonly shadeSpread: number;
  /** Chroma of the background behind it, levels. */
  readonly chroma: number;
  /** How crisp the way from the reached background to it is: 30th percentile along their border, and the border's length. */
  readonly sharpness: number;
  readonly openBorder: number;
  /** Border pixels shared with other regions: region index → count. */
  readonly neighbours: ReadonlyMap<number, number>;
}

export interface RegionMap {
  readonly regions: Region[];
  /** Region number + 1 per pixel; 0 reached background, -1 not assigned. Outline pixels belong to the nearest region. */
  readonly owner: Int32Array;
  /** Typical sharpness of the borders of what is surely product. */
  readonly lensSharpness: number;
  /** Pixels whose region no shade of the background explains. */
  readonly surePixels: number;
}

const MIN_REGION_PX = 12;
const NECK_PX = 5;
const MIN_GRADIENT_IN_NOISE = 3;
const BASE_TOLERANCE = 7;
/** Bounced light tints a shadow, the more the more coloured its surroundings are. */
const SHADE_TOLERANCE = 9;
const SHADE_TOLERANCE_PER_CHROMA = 0.12;

/** How far, in tolerances, a colour is from every shade of the background; `excess` counts light that no shadow gives. */
export function unexplainedBy(residual: number, shade: number, chroma: number, noise: number): number {
  const tolerance = BASE_TOLERANCE + 8 * noise + (SHADE_TOLERANCE + SHADE_TOLERANCE_PER_CHROMA * chroma) * (1 - Math.min(1, shade));
  const excess = Math.max(0, shade - 1.04) * 60;
  return Math.min(1.5, Math.max(0, (residual + excess) / tolerance - 1));
}

export function likenessTo(difference: number, noise: number): number {
  return 1 - Math.min(1, Math.max(0, difference / (2.2 + 4 * noise) - 1));
}

export function measureRegions(picture: WorkingPicture, background: Planes, reached: Uint8Array, isEdge: Uint8Array, edges: EdgeMap, splitAt: number): RegionMap {
  const { width, height } = picture;
  const isInner = reached.map((value, at) => (value === 0 && isEdge[at] === 0 && edges.sharp[at]! < splitAt ? 1 : 0));
  const owner = new Int32Array(width * height).fill(-1);
  for (let at = 0; at < reached.length; at++) if (reached[at] === 1) owner[at] = 0;
  const found = splitAtNecks(isInner, width, height);
  found.forEach((pixels, index) => pixels.forEach((at) => (owner[at] = index + 1)));
  const crossed = growOwners(owner, crispness(edges, width, height), width, height);
  const borders = measureBorders(owner, found.length, crossed, width, height);
  const regions = found.map((pixels, index) => ({ pixels, ...measureColours(picture, background, pixels, edges.noise), ...borders[index]! }));
  const sure = regions.filter((region) => region.unexplained > 0.5 && region.openBorder > 20);
  const total = sure.reduce((sum, region) => sum + region.openBorder, 0);
  const lensSharpness = total === 0 ? 2 : sure.reduce((sum, region) => sum + region.sharpness * region.openBorder, 0) / total;
  const surePixels = regions.reduce((sum, region) => sum + (region.unexplained > 0.4 ? region.pixels.length : 0), 0);
  return { regions, owner, lensSharpness, surePixels };
}

/** Connected sets of pixels, parted also where they hang together by a neck narrower than `NECK_PX`. */
function splitAtNecks(isInner: Uint8Array, width: number, height: number): Int32Array[] {
  const isOuter = isInner.map((value) => 1 - value);
  const clearance = distanceTo(isOuter, width, height, NECK_PX);
  const isCore = isInner.map((value, at) => (value === 1 && clearance[at]! > NECK_PX / 2 ? 1 : 0));
  const label = new Int32Array(isInner.length);
  let front: number[] = [];
  findComponents(isCore, width, height, false).forEach(({ pixels }, index) => pixels.forEach((at) => {
    label[at] = index + 1;
    front.push(at);
  }));
  while (front.length > 0) {
    const next: number[] = [];
    for (const at of front) {
      const x = at % width;
      for (const to of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
        if (to < 0 || to >= label.length || isInner[to] === 0 || label[to] !== 0) continue;
        label[to] = label[at]!;
        next.push(to);
      }
    }
    front = next;
  }
  const groups = new Map<number, number[]>();
  for (let at = 0; at < label.length; at++) {
    if (label[at] === 0) continue;
    const group = groups.get(label[at]!);
    if (group === undefined) groups.set(label[at]!, [at]);
    else group.push(at);
  }
  const thin = isInner.map((value, at) => (value === 1 && label[at] === 0 ? 1 : 0));
  return [...[...groups.values()].map((group) => Int32Array.from(group)), ...findComponents(thin, width, height, false).map(({ pixels }) => pixels)].filter((pixels) => pixels.length >= MIN_REGION_PX);
}

/** Fine ÷ coarse gradient: about 2.4 for a step, 1 for a wide ramp, 0 where nothing changes. */
function crispness(edges: EdgeMap, width: number, height: number): Float32Array {
  const fine = dilate(edges.gradient, width, height, 1);
  const coarse = dilate(edges.coarse, width, height, 1);
  return fine.map((value, at) => (value < MIN_GRADIENT_IN_NOISE * edges.noise ? 0 : value / (coarse[at]! + 0.1)));
}

/**
 * Gives unassigned pixels to the nearest owner, one ring at a time. Returns for each pixel the greatest crispness on the
 * way to it from its owner.
 */
function growOwners(owner: Int32Array, crisp: Float32Array, width: number, height: number): Float32Array {
  const crossed = new Float32Array(owner.length);
  let front: number[] = [];
  for (let at = 0; at < owner.length; at++) if (owner[at]! >= 0) front.push(at);
  while (front.length > 0) {
    const next: number[] = [];
    const give = (to: number, from: number): void => {
      if (owner[to]! >= 0) return;
      owner[to] = owner[from]!;
      crossed[to] = Math.max(crossed[from]!, crisp[to]!);
      next.push(to);
    };
    for (const at of front) {
      const x = at % width;
      if (x > 0) give(at - 1, at);
      if (x < width - 1) give(at + 1, at);
      if (at >= width) give(at - width, at);
      if (at < width * (height - 1)) give(at + width, at);
    }
    front = next;
  }
  return crossed;
}

function measureColours(picture: WorkingPicture, background: Planes, pixels: Int32Array, noise: number): Pick<Region, 'unexplained' | 'likeness' | 'shade' | 'shadeSpread' | 'chroma'> {
  const shades = new Float32Array(pixels.length);
  let unexplained = 0;
  let likeness = 0;
  let chroma = 0;
  pixels.forEach((at, index) => {
    const colour = picture.planes.map((plane) => plane[at]!) as [number, number, number];
    const back = background.map((plane) => plane[at]!) as [number, number, number];
    const fit = fitShadow(...colour, ...back);
    shades[index] = fit.shade;
    const backChroma = Math.max(...back) - Math.min(...back);
    unexplained += unexplainedBy(fit.residual, fit.shade, backChroma, noise) / pixels.length;
    likeness += likenessTo(Math.hypot(colour[0] - back[0], colour[1] - back[1], colour[2] - back[2]), noise) / pixels.length;
    chroma += backChroma / pixels.length;
  });
  return { unexplained, likeness, chroma, shade: percentile(shades, 0.5), shadeSpread: Math.log((percentile(shades, 0.9) + 0.01) / (percentile(shades, 0.1) + 0.01)) };
}

function measureBorders(owner: Int32Array, count: number, crossed: Float32Array, width: number, height: number): Pick<Region, 'sharpness' | 'openBorder' | 'neighbours'>[] {
  const sharpness: number[][] = Array.from({ length: count }, () => []);
  const neighbours = Array.from({ length: count }, () => new Map<number, number>());
  const join = (own: number, other: number): void => void neighbours[own]!.set(other, (neighbours[own]!.get(other) ?? 0) + 1);
  const meet = (at: number, next: number): void => {
    const own = owner[at]!;
    const other = owner[next]!;
    if (own === other || own < 0 || other < 0) return;
    if (own > 0 && other > 0) {
      join(own - 1, other - 1);
      join(other - 1, own - 1);
    } else {
      const crisp = Math.max(crossed[at]!, crossed[next]!);
      if (crisp > 0) sharpness[Math.max(own, other) - 1]!.push(crisp);
    }
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (x < width - 1) meet(at, at + 1);
      if (y < height - 1) meet(at, at + width);
    }
  }
  return sharpness.map((samples, index) => ({ sharpness: percentile(Float32Array.from(samples), 0.3), openBorder: samples.length, neighbours: neighbours[index]! }));
}
