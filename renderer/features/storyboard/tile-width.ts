import type { Ratio } from '#core/project/ratio.ts';

/** Space between tiles, px. */
export const GAP_PX = 16;
const LEAST: Readonly<Record<Ratio, number>> = { '9:16': 164, '1:1': 210, '16:9': 284 };
/** So much larger than the least at most: a wide window shows larger pictures, not a wall of them. */
const MOST = 1.6;

/** How wide tiles are so that their rows fill the room, and how many stand in a row. Whole pixels. */
export function tileWidth(ratio: Ratio, roomPx: number, count: number): { readonly width: number; readonly columns: number } {
  const least = LEAST[ratio];
  const columns = Math.max(1, Math.min(count, Math.floor((roomPx + GAP_PX) / (least + GAP_PX))));
  const fill = (roomPx - (columns - 1) * GAP_PX) / columns;
  return { width: Math.floor(Math.max(Math.min(least, roomPx || least), Math.min(fill, least * MOST))), columns };
}
