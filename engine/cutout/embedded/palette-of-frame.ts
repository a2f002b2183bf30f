/** The main colours along the frame of the picture, by k-means with fixed starts, so always the same for the same photo. */
import type { WorkingPicture } from './working-picture.ts';

export type Palette = readonly { readonly colour: [number, number, number]; readonly spread: number }[];

const COLOURS = 6;
const ROUNDS = 8;
const MIN_SPREAD = 3;

/** Colours (sRGB 0–255) and their standard deviations in the outer `margin` (share of the shorter side). */
export function findPalette(picture: WorkingPicture, margin: number): Palette {
  const samples = marginPixels(picture, margin);
  samples.sort((a, b) => luma(picture, a) - luma(picture, b) || a - b);
  let centres = Array.from({ length: COLOURS }, (_, index) => colourAt(picture, samples[Math.floor(((index + 0.5) / COLOURS) * samples.length)]!));
  let palette: Palette = [];
  for (let round = 0; round < ROUNDS; round++) {
    const sums = centres.map(() => [0, 0, 0, 0, 0]);
    for (const at of samples) {
      const colour = colourAt(picture, at);
      const { index, squared } = nearest(centres, colour);
      const sum = sums[index]!;
      colour.forEach((value, channel) => (sum[channel] = sum[channel]! + value));
      sum[3] = sum[3]! + 1;
      sum[4] = sum[4]! + squared;
    }
    centres = sums.map((sum, index) => (sum[3] === 0 ? centres[index]! : [sum[0]! / sum[3]!, sum[1]! / sum[3]!, sum[2]! / sum[3]!]));
    palette = centres.map((colour, index) => ({ colour, spread: Math.max(MIN_SPREAD, Math.sqrt(sums[index]![4]! / Math.max(1, sums[index]![3]!))) }));
  }
  return palette;
}

function marginPixels(picture: WorkingPicture, margin: number): number[] {
  const { width, height } = picture;
  const depth = Math.max(2, Math.round(Math.min(width, height) * margin));
  const pixels: number[] = [];
  for (let at = 0; at < width * height; at++) {
    const x = at % width;
    const y = (at - x) / width;
    if (x < depth || y < depth || x >= width - depth || y >= height - depth) pixels.push(at);
  }
  return pixels;
}

function nearest(centres: readonly [number, number, number][], colour: [number, number, number]): { index: number; squared: number } {
  let index = 0;
  let squared = Infinity;
  centres.forEach((centre, at) => {
    const distance = (centre[0] - colour[0]) ** 2 + (centre[1] - colour[1]) ** 2 + (centre[2] - colour[2]) ** 2;
    if (distance < squared) [index, squared] = [at, distance];
  });
  return { index, squared };
}

function colourAt(picture: WorkingPicture, at: number): [number, number, number] {
  return [picture.planes[0][at]!, picture.planes[1][at]!, picture.planes[2][at]!];
}

function luma(picture: WorkingPicture, at: number): number {
  return 0.3 * picture.planes[0][at]! + 0.5 * picture.planes[1][at]! + 0.2 * picture.planes[2][at]!;
}
