import type { LightPlanes } from './light-planes.ts';

/** Box of what is at least half product, working pixels, all four included. */
export interface ProductBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export function productBox({ width, height, coverage }: LightPlanes): ProductBox {
  const box = { left: width, right: 0, top: height, bottom: 0 };
  for (let at = 0; at < coverage.length; at++) {
    if ((coverage[at] ?? 0) < 0.5) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}
