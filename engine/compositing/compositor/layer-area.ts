/** Which part of the canvas an upright layer can touch, and in which rows it hides everything behind it. Pure. */
import type { Rect } from '#core/composition/layer.ts';
import type { Size } from '#core/project/ratio.ts';
import type { BandArea } from './band.ts';
import { paddedWidth } from './band.ts';
import type { SourcePicture } from './source-picture.ts';

/** Source pixels that filtering may spread a visible pixel by (a mip sample and its neighbour). */
const SPREAD = 1.5;

/** The canvas area of the source's visible box, grown by the reach of the filter (`spread` samples) and to whole vectors. */
export function visibleArea({ traits }: SourcePicture, rect: Rect, canvas: Size, spread = SPREAD): BandArea {
  const { bounds } = traits;
  if (bounds.right <= bounds.left || !(rect.width > 0) || !(rect.height > 0)) return EMPTY;
  const across = rect.width / traits.width;
  const down = rect.height / traits.height;
  const [reachX, reachY] = [spread * Math.max(across, 2), spread * Math.max(down, 2)];
  return alignArea({
    left: Math.max(rect.x, rect.x + bounds.left * across - reachX),
    right: Math.min(rect.x + rect.width, rect.x + bounds.right * across + reachX),
    top: Math.max(rect.y, rect.y + bounds.top * down - reachY),
    bottom: Math.min(rect.y + rect.height, rect.y + bounds.bottom * down + reachY),
  }, canvas);
}

const EMPTY: BandArea = { left: 0, right: 0, top: 0, bottom: 0 };

/** Clips to the canvas and grows to columns in multiples of 16 and even rows. */
export function alignArea(area: BandArea, canvas: Size): BandArea {
  const left = Math.max(0, Math.floor(area.left / 16) * 16);
  const right = Math.min(paddedWidth(canvas.width), Math.ceil(area.right / 16) * 16);
  const top = Math.max(0, Math.floor(area.top / 2) * 2);
  const bottom = Math.min(canvas.height, Math.ceil(area.bottom / 2) * 2);
  return right > left && bottom > top && left < canvas.width ? { left, right, top, bottom } : EMPTY;
}

/** Canvas rows that the source's opaque rows fill from edge to edge; empty unless the rectangle spans the canvas. */
export function opaqueCanvasRows({ traits }: SourcePicture, rect: Rect, canvas: Size): { top: number; bottom: number } {
  const { top, bottom } = traits.opaqueRows;
  if (bottom <= top || rect.x > 0 || rect.x + rect.width < canvas.width) return { top: 0, bottom: 0 };
  const down = rect.height / traits.height;
  const margin = SPREAD * Math.max(down, 2);
  const isFirst = top === 0;
  const isLast = bottom === traits.height;
  return {
    top: Math.ceil(rect.y + top * down + (isFirst ? 0 : margin)),
    bottom: Math.floor(rect.y + bottom * down - (isLast ? 0 : margin)),
  };
}
