/** How large canvases can be shown in a room. Pure. */
import { canvasSize } from '#core/project/ratio.ts';
import type { Ratio, Size } from '#core/project/ratio.ts';

/** Screen pixels round and between canvases, and for the name under each of several. */
export const STAGE_PADDING = 16;
export const STAGE_GAP = 24;
export const NAME_HEIGHT = 24;

/** Screen pixels per pixel of the film at which all of the canvases, side by side at one scale, fit into the room. */
export function fitZoom(ratios: readonly Ratio[], room: Size): number {
  const sizes = ratios.map(canvasSize);
  const width = sizes.reduce((sum, size) => sum + size.width, 0);
  const height = Math.max(...sizes.map((size) => size.height));
  const free = { width: room.width - 2 * STAGE_PADDING - STAGE_GAP * (ratios.length - 1), height: room.height - 2 * STAGE_PADDING - (ratios.length > 1 ? NAME_HEIGHT : 0) };
  return Math.max(0.02, Math.min(free.width / width, free.height / height));
}
