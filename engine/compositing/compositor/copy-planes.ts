/** Moves a picture's own samples to whole-pixel positions of a larger clear area: nothing is filtered. */
import type { FullPlanes } from './full-planes.ts';
import { PLANE_NAMES } from './full-planes.ts';
import type { KernelModule } from './kernel-module.ts';
import type { SourcePicture } from './source-picture.ts';

/** Puts source pixel (0, 0) at (`x`, `y`) of `planes`; what falls outside is left out. Needs full-size chroma. */
export function copyIntoPlanes({ memory }: KernelModule, picture: SourcePicture, planes: FullPlanes, x: number, y: number): void {
  const { width, height, isOpaque } = picture.traits;
  const left = Math.max(0, x);
  const right = Math.min(planes.y.width, x + width);
  const top = Math.max(0, y);
  const bottom = Math.min(planes.y.height, y + height);
  if (right <= left) return;
  for (const name of PLANE_NAMES) {
    const target = planes[name];
    const source = name === 'alpha' && isOpaque ? undefined : picture.plane(name, 0).plane;
    for (let row = top; row < bottom; row++) {
      const to = target.address + row * target.strideBytes + left * 2;
      if (!source) {
        memory.shorts.fill(16384, to >> 1, (to >> 1) + right - left);
        continue;
      }
      const from = source.address + (row - y) * source.strideBytes + (left - x) * 2;
      memory.bytes.copyWithin(to, from, from + (right - left) * 2);
    }
  }
}
