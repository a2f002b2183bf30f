/**
 * Frees the colours of a mask's soft edge from the old background. Each soft pixel is a mix αF + (1−α)B; F and B are
 * guessed from what lies near and corrected by what the pixel shows (after Forte, "Blur fusion foreground estimation",
 * 2021). Opaque pixels stay exactly as the photo has them. Used by links that bring a mask but no cut-out.
 */
import type { Raster } from '#engine/compositing/raster.ts';
import type { Mask } from './codec.ts';

/** Windows tried in turn: radius and step. A wide soft edge (hair, glass) needs to look further. */
const WINDOWS = [[4, 1], [12, 2], [36, 5]] as const;
/** In samples at no distance. */
const ENOUGH_WEIGHT = 1.5;
/** Exponent of alpha: what is mixed itself hardly counts as a sample. */
const PURITY = 40;

type Color = [number, number, number];

/** A new raster with the photo's colours, alpha from the mask; colour under alpha 0 is 0. */
export function decontaminateEdge(photo: Raster, mask: Mask): Raster {
  const data = new Uint8Array(photo.data.length);
  for (let pixel = 0; pixel < mask.data.length; pixel++) {
    const alpha = mask.data[pixel] ?? 0;
    if (alpha === 0) continue;
    const at = pixel * 4;
    if (alpha === 255) data.set(photo.data.subarray(at, at + 3), at);
    else data.set(foreground(photo, mask, pixel), at);
    data[at + 3] = alpha;
  }
  return { width: photo.width, height: photo.height, data };
}

function foreground(photo: Raster, mask: Mask, pixel: number): Color {
  const own: Color = [photo.data[pixel * 4] ?? 0, photo.data[pixel * 4 + 1] ?? 0, photo.data[pixel * 4 + 2] ?? 0];
  const alpha = (mask.data[pixel] ?? 0) / 255;
  const near = surroundings(photo, mask, pixel);
  if (!near.front) return own;
  const [front, back] = [near.front, near.back ?? own];
  const corrected = ([0, 1, 2] as const).map((channel) => front[channel] + alpha * (own[channel] - alpha * front[channel] - (1 - alpha) * back[channel]));
  return corrected.map((value) => Math.min(255, Math.max(0, Math.round(value)))) as Color;
}

/** Weighted mean colour of what is surely product and surely background around a pixel. */
function surroundings(photo: Raster, mask: Mask, pixel: number): { front?: Color; back?: Color } {
  const [cx, cy] = [pixel % mask.width, Math.floor(pixel / mask.width)];
  let found: { front?: Color; back?: Color } = {};
  for (const [radius, step] of WINDOWS) {
    const sums = { front: [0, 0, 0, 0], back: [0, 0, 0, 0] };
    for (let y = Math.max(0, cy - radius); y <= Math.min(mask.height - 1, cy + radius); y += step) {
      for (let x = Math.max(0, cx - radius); x <= Math.min(mask.width - 1, cx + radius); x += step) gather(photo, mask, y * mask.width + x, 1 / (1 + (4 * ((x - cx) ** 2 + (y - cy) ** 2)) / radius ** 2), sums);
    }
    found = { front: meanOf(sums.front), back: meanOf(sums.back) };
    if (found.front && found.back) return found;
  }
  return found;
}

function gather(photo: Raster, mask: Mask, pixel: number, nearness: number, sums: { front: number[]; back: number[] }): void {
  const alpha = (mask.data[pixel] ?? 0) / 255;
  for (const [sum, weight] of [[sums.front, nearness * alpha ** PURITY], [sums.back, nearness * (1 - alpha) ** PURITY]] as const) {
    for (const channel of [0, 1, 2]) sum[channel] = (sum[channel] ?? 0) + weight * (photo.data[pixel * 4 + channel] ?? 0);
    sum[3] = (sum[3] ?? 0) + weight;
  }
}

function meanOf([r = 0, g = 0, b = 0, weight = 0]: number[]): Color | undefined {
  return weight >= ENOUGH_WEIGHT ? [r / weight, g / weight, b / weight] : undefined;
}
