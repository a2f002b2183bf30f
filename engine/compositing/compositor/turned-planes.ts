/** Draws a turned picture with Catmull-Rom sampling into full-resolution planes. Dense pictures are reduced upright first. */
import type { Rect } from '#core/composition/layer.ts';
import { allocateFullPlanes, freeFullPlanes, PLANE_NAMES, repairPlanes, type FullPlanes } from './full-planes.ts';
import { copyIntoPlanes } from './copy-planes.ts';
import type { KernelModule } from './kernel-module.ts';
import { lanczosIntoPlanes } from './lanczos-planes.ts';
import type { SourcePicture } from './source-picture.ts';

/** Clear samples that the sampling kernel wants around the picture. */
const MARGIN = 4;
/** Denser pictures than this would alias under a four-tap filter. */
const DIRECT_DENSITY = 1.5;
const PHASES = 256;

/** Draws `picture` on `rect` turned clockwise by `rotationDeg` about the rectangle's middle (positions in samples of `planes`). */
export function turnIntoPlanes(module: KernelModule, picture: SourcePicture, planes: FullPlanes, rect: Rect, rotationDeg: number): void {
  const { width, height, kind } = picture.traits;
  const isDirect = kind !== 'yuv' && Math.max(width / rect.width, height / rect.height) <= DIRECT_DENSITY;
  const size = isDirect
    ? { width, height }
    : { width: Math.max(1, Math.round(rect.width)), height: Math.max(1, Math.round(rect.height)) };
  const upright = allocateFullPlanes(module, size.width + 2 * MARGIN, size.height + 2 * MARGIN);
  if (isDirect) copyIntoPlanes(module, picture, upright, MARGIN, MARGIN);
  else lanczosIntoPlanes(module, picture, upright, { x: MARGIN, y: MARGIN, ...size });
  turn(module, upright, planes, size, rect, rotationDeg);
  freeFullPlanes(module, upright);
  repairPlanes(module, planes);
}

function turn(
  { memory, kernels }: KernelModule, upright: FullPlanes, planes: FullPlanes, size: { width: number; height: number }, rect: Rect, rotationDeg: number,
): void {
  const weights = memory.allocate(PHASES * 8);
  memory.shorts.set(catmullRomTable(), weights >> 1);
  const [cosine, sine] = [Math.cos((rotationDeg * Math.PI) / 180), Math.sin((rotationDeg * Math.PI) / 180)];
  const [scaleX, scaleY] = [size.width / rect.width, size.height / rect.height];
  const [middleX, middleY] = [rect.x + rect.width / 2, rect.y + rect.height / 2];
  const table = memory.allocate(32);
  PLANE_NAMES.forEach((name, index) => {
    memory.words[(table >> 2) + index] = upright[name].address + MARGIN * (upright[name].strideBytes + 2);
  });
  for (let row = 0; row < planes.y.height; row++) {
    const [dx, dy] = [0.5 - middleX, row + 0.5 - middleY];
    const x = (dx * cosine + dy * sine + rect.width / 2) * scaleX - 0.5;
    const y = (dy * cosine - dx * sine + rect.height / 2) * scaleY - 0.5;
    const [stepX, stepY] = [cosine * scaleX, -sine * scaleY];
    const across = overlap(x, stepX, size.width, planes.y.width);
    const down = overlap(y, stepY, size.height, planes.y.width);
    const [from, to] = [Math.max(across.from, down.from), Math.min(across.to, down.to)];
    if (to <= from) continue;
    PLANE_NAMES.forEach((name, index) => {
      const target = planes[name];
      memory.words[(table >> 2) + 4 + index] = target.address + row * target.strideBytes + from * 2;
    });
    kernels.affineRow(
      table, upright.y.strideBytes, size.width, size.height, weights, x + from * stepX, y + from * stepY, stepX, stepY, to - from,
    );
  }
  memory.free(table);
  memory.free(weights);
}

/** Steps 0..`count` for which `start + i * step` lies on 0..`length` or within the filter's reach of it. */
function overlap(start: number, step: number, length: number, count: number): { from: number; to: number } {
  const isInside = start > -2 && start < length + 1;
  if (Math.abs(step) < 1e-9) return isInside ? { from: 0, to: count } : { from: 0, to: 0 };
  const [a, b] = [(-2 - start) / step, (length + 1 - start) / step];
  return { from: Math.max(0, Math.floor(Math.min(a, b))), to: Math.min(count, Math.ceil(Math.max(a, b)) + 1) };
}

/** Four 14-bit weights for each of 256 positions between two samples. */
function catmullRomTable(): Int16Array {
  const table = new Int16Array(PHASES * 4);
  for (let phase = 0; phase < PHASES; phase++) {
    const t = phase / PHASES;
    const outer = Math.round(16384 * (-0.5 * t + t * t - 0.5 * t ** 3));
    const inner = Math.round(16384 * (0.5 * t + 2 * t * t - 1.5 * t ** 3));
    const last = Math.round(16384 * (-0.5 * t * t + 0.5 * t ** 3));
    table.set([outer, 16384 - outer - inner - last, inner, last], phase * 4);
  }
  return table;
}
