import type { Mask } from './codec.ts';

/** Passes of a box blur that come close to a Gaussian. */
const PASSES = 3;

/** A mask with its edge softened over about `radius` pixels to both sides; what is far from an edge stays as it is. */
export function softenMask({ width, height, data }: Mask, radius: number): Mask {
  const reach = Math.max(1, Math.round(radius / PASSES));
  let now = Uint8Array.from(data);
  let next = new Uint8Array(data.length);
  for (let pass = 0; pass < PASSES; pass++) {
    for (let y = 0; y < height; y++) blurLine(now, next, y * width, 1, width, reach);
    [now, next] = [next, now];
    for (let x = 0; x < width; x++) blurLine(now, next, x, width, height, reach);
    [now, next] = [next, now];
  }
  return { width, height, data: now };
}

/** One line as a running mean; its ends go on as they are. */
function blurLine(from: Uint8Array, to: Uint8Array, start: number, step: number, count: number, reach: number): void {
  const at = (index: number): number => from[start + Math.min(count - 1, Math.max(0, index)) * step] ?? 0;
  const size = 2 * reach + 1;
  let sum = 0;
  for (let index = -reach; index <= reach; index++) sum += at(index);
  for (let index = 0; index < count; index++) {
    to[start + index * step] = Math.round(sum / size);
    sum += at(index + reach + 1) - at(index - reach);
  }
}
