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
/** Weight of a sample by its alpha, α⁴⁰: what is mixed itself hardly counts. */
const PURITY = Float32Array.from({ length: 256 }, (_, alpha) => (alpha / 255) ** 40);

/** Sums of red, green, blue and weight: of the product at 0, of the background at 4. Reused for every pixel. */
type Sums = Float64Array;

/** A new raster with the photo's colours, alpha from the mask; colour under alpha 0 is 0. */
export function decontaminateEdge(photo: Raster, mask: Mask): Raster {
  const data = new Uint8Array(photo.data.length);
  const sums: Sums = new Float64Array(8);
  for (let pixel = 0; pixel < mask.data.length; pixel++) {
    const alpha = mask.data[pixel] ?? 0;
    if (alpha === 0) continue;
    const at = pixel * 4;
    data[at + 3] = alpha;
    const isMixed = alpha < 255 && findSurroundings(photo, mask, pixel, sums);
    for (let channel = 0; channel < 3; channel++) {
      const own = photo.data[at + channel] ?? 0;
      data[at + channel] = isMixed ? unmix(own, alpha / 255, sums, channel) : own;
    }
  }
  return { width: photo.width, height: photo.height, data };
}

/** F corrected by what F and B fail to explain of the pixel. */
function unmix(own: number, alpha: number, sums: Sums, channel: number): number {
  const front = (sums[channel] ?? 0) / (sums[3] ?? 1);
  const back = (sums[7] ?? 0) > 0 ? (sums[4 + channel] ?? 0) / (sums[7] ?? 1) : own;
  return Math.min(255, Math.max(0, Math.round(front + alpha * (own - alpha * front - (1 - alpha) * back))));
}

/** Gathers what is surely product and surely background around a pixel; false when no product is near. */
function findSurroundings(photo: Raster, mask: Mask, pixel: number, sums: Sums): boolean {
  for (const [radius, step] of WINDOWS) {
    gather(photo, mask, pixel, radius, step, sums);
    if ((sums[3] ?? 0) >= ENOUGH_WEIGHT && (sums[7] ?? 0) >= ENOUGH_WEIGHT) return true;
  }
  return (sums[3] ?? 0) >= ENOUGH_WEIGHT;
}

function gather(photo: Raster, mask: Mask, pixel: number, radius: number, step: number, sums: Sums): void {
  const [cx, cy] = [pixel % mask.width, Math.floor(pixel / mask.width)];
  const falloff = 4 / radius ** 2;
  sums.fill(0);
  for (let y = cy - radius; y <= cy + radius; y += step) {
    if (y < 0 || y >= mask.height) continue;
    for (let x = cx - radius; x <= cx + radius; x += step) {
      if (x < 0 || x >= mask.width) continue;
      const sample = y * mask.width + x;
      const alpha = mask.data[sample] ?? 0;
      const nearness = 1 / (1 + falloff * ((x - cx) ** 2 + (y - cy) ** 2));
      if (alpha > 200) add(photo, sample, nearness * (PURITY[alpha] ?? 0), sums, 0);
      else if (alpha < 55) add(photo, sample, nearness * (PURITY[255 - alpha] ?? 0), sums, 4);
    }
  }
}

function add(photo: Raster, pixel: number, weight: number, sums: Sums, from: number): void {
  sums[from] = (sums[from] ?? 0) + weight * (photo.data[pixel * 4] ?? 0);
  sums[from + 1] = (sums[from + 1] ?? 0) + weight * (photo.data[pixel * 4 + 1] ?? 0);
  sums[from + 2] = (sums[from + 2] ?? 0) + weight * (photo.data[pixel * 4 + 2] ?? 0);
  sums[from + 3] = (sums[from + 3] ?? 0) + weight;
}
