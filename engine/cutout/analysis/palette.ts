/**
 * The characteristic colours of a masked picture: a colour histogram, weighted k-means in OKLab with lightness counted
 * half (shading spreads one paint over many lightnesses), and a ranking that favours what is both large and colourful.
 * Deterministic: the start is farthest-first from the heaviest bin, never random. Used for products and for logos.
 */
import { formatHex } from '#core/lib/color/hex.ts';
import { oklabFromHex } from '#core/lib/color/oklab.ts';
import type { Raster } from '#engine/compositing/raster.ts';
import type { Mask } from '../codec.ts';

interface Bin {
  readonly weight: number;
  readonly hex: string;
  /** Scaled OKLab: half lightness, a, b. */
  readonly point: readonly [number, number, number];
}

interface Cluster {
  weight: number;
  center: [number, number, number];
  bins: Bin[];
}

const LIGHTNESS_SCALE = 0.5;
const INNER_ALPHA = 240;
const ROUNDS = 12;
const SEEDS = 10;
/** Clusters closer than this (scaled OKLab) are one colour to the eye. */
const MERGE_DISTANCE = 0.055;
/** A colour smaller than this share of the product does not characterise it. */
const MIN_SHARE = 0.006;

/** Up to `maxColors` `#rrggbb`, most characteristic first; at least one. Only pixels that are (nearly) opaque count. */
export function paletteOf(raster: Raster, mask: Mask, maxColors: number): string[] {
  const bins = histogram(raster, mask);
  if (bins.length === 0) return ['#808080'];
  const clusters = mergeClose(kMeans(bins));
  const total = clusters.reduce((sum, cluster) => sum + cluster.weight, 0);
  const ranked = clusters
    .filter((cluster) => cluster.weight >= total * MIN_SHARE)
    .map((cluster) => ({ hex: representative(cluster), score: characteristic(cluster, total) }))
    .sort((one, other) => other.score - one.score || (one.hex < other.hex ? -1 : 1));
  return [...new Set(ranked.map(({ hex }) => hex))].slice(0, maxColors);
}

/** Mean colour of each cell of a 32×32×32 grid over sRGB. At most about a million pixels are read, on a regular grid. */
function histogram(raster: Raster, mask: Mask): Bin[] {
  const sums = new Map<number, [number, number, number, number]>();
  const step = Math.max(1, Math.floor(Math.sqrt((raster.width * raster.height) / 1_000_000)));
  for (let y = 0; y < raster.height; y += step) {
    for (let x = 0; x < raster.width; x += step) {
      const pixel = y * raster.width + x;
      if ((mask.data[pixel] ?? 0) < INNER_ALPHA) continue;
      const [r, g, b] = [raster.data[pixel * 4] ?? 0, raster.data[pixel * 4 + 1] ?? 0, raster.data[pixel * 4 + 2] ?? 0];
      const key = ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3);
      const sum = sums.get(key);
      if (sum) {
        sum[0] += 1;
        sum[1] += r;
        sum[2] += g;
        sum[3] += b;
      } else sums.set(key, [1, r, g, b]);
    }
  }
  return [...sums.entries()].sort(([one], [other]) => one - other).map(([, sum]) => toBin(sum));
}

function toBin([weight, r, g, b]: readonly [number, number, number, number]): Bin {
  const hex = formatHex({ red: r / weight, green: g / weight, blue: b / weight });
  const lab = oklabFromHex(hex);
  return { weight, hex, point: [lab.lightness * LIGHTNESS_SCALE, lab.a, lab.b] };
}

function kMeans(bins: readonly Bin[]): Cluster[] {
  let centers = farthestFirst(bins);
  let clusters: Cluster[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    clusters = centers.map((center) => ({ weight: 0, center: [...center], bins: [] }));
    for (const bin of bins) {
      let best = clusters[0];
      for (const cluster of clusters) if (best && distance(bin.point, cluster.center) < distance(bin.point, best.center)) best = cluster;
      best?.bins.push(bin);
    }
    clusters = clusters.filter((cluster) => cluster.bins.length > 0);
    for (const cluster of clusters) recenter(cluster);
    centers = clusters.map(({ center }) => center);
  }
  return clusters;
}

/** Starts at the heaviest bin; each next seed is the bin whose weight times distance to the seeds so far is largest. */
function farthestFirst(bins: readonly Bin[]): (readonly [number, number, number])[] {
  const seeds: (readonly [number, number, number])[] = [];
  const nearest = bins.map(() => 1);
  while (seeds.length < Math.min(SEEDS, bins.length)) {
    let best = 0;
    let bestScore = -1;
    for (const [index, bin] of bins.entries()) {
      const score = Math.sqrt(bin.weight) * (nearest[index] ?? 0);
      if (score > bestScore) [best, bestScore] = [index, score];
    }
    const seed = bins[best]?.point;
    if (!seed || bestScore <= 0) break;
    seeds.push(seed);
    for (const [index, bin] of bins.entries()) nearest[index] = Math.min(nearest[index] ?? 1, distance(bin.point, seed));
  }
  return seeds;
}

function recenter(cluster: Cluster): void {
  const sum: [number, number, number] = [0, 0, 0];
  cluster.weight = 0;
  for (const { weight, point } of cluster.bins) {
    cluster.weight += weight;
    for (const axis of [0, 1, 2] as const) sum[axis] += weight * point[axis];
  }
  cluster.center = [sum[0] / cluster.weight, sum[1] / cluster.weight, sum[2] / cluster.weight];
}

function mergeClose(clusters: readonly Cluster[]): Cluster[] {
  const merged: Cluster[] = [];
  for (const cluster of [...clusters].sort((one, other) => other.weight - one.weight)) {
    const near = merged.find((kept) => distance(kept.center, cluster.center) < MERGE_DISTANCE);
    if (near) {
      near.bins = [...near.bins, ...cluster.bins];
      recenter(near);
    } else merged.push({ ...cluster });
  }
  return merged;
}

/**
 * A colour that is really there: the most vivid of the cluster's frequent ones (shading dulls the rest), averaged with
 * what is very near to it.
 */
function representative(cluster: Cluster): string {
  const heaviest = Math.max(...cluster.bins.map(({ weight }) => weight));
  const vividness = ({ weight, point }: Bin): number => (weight >= 0.3 * heaviest ? Math.sqrt(weight / heaviest) * (0.05 + Math.hypot(point[1], point[2])) : 0);
  const mode = cluster.bins.reduce((best, bin) => (vividness(bin) > vividness(best) ? bin : best));
  const near = cluster.bins.filter((bin) => distance(bin.point, mode.point) < 0.02);
  const total = near.reduce((sum, bin) => sum + bin.weight, 0);
  const mean = (shift: number): number => near.reduce((sum, bin) => sum + bin.weight * ((Number.parseInt(bin.hex.slice(1), 16) >> shift) & 255), 0) / total;
  return formatHex({ red: mean(16), green: mean(8), blue: mean(0) });
}

/** Share of the area, damped, times how colourful it is: a small vivid label outranks a large grey shadow side. */
function characteristic(cluster: Cluster, total: number): number {
  const chroma = Math.hypot(cluster.center[1], cluster.center[2]);
  return Math.sqrt(cluster.weight / total) * (0.35 + Math.min(1, chroma / 0.15));
}

function distance(one: readonly [number, number, number], other: readonly [number, number, number]): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);
}
