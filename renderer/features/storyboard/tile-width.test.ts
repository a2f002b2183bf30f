import { expect, it } from 'vitest';
import { GAP_PX, tileWidth } from './tile-width.ts';

it.each([320, 640, 876, 1280, 1540, 2400])('rows of tiles fit into %d px', (room) => {
  for (const ratio of ['9:16', '1:1', '16:9'] as const) {
    for (const count of [1, 3, 8, 40]) {
      const { width, columns } = tileWidth(ratio, room, count);
      expect(columns * width + (columns - 1) * GAP_PX).toBeLessThanOrEqual(room);
      expect(columns).toBeLessThanOrEqual(count);
    }
  }
});

it('a wide window shows larger pictures, up to a point', () => {
  expect(tileWidth('9:16', 1540, 4).width).toBeGreaterThan(tileWidth('9:16', 876, 4).width);
  expect(tileWidth('9:16', 5000, 4).width).toBeLessThan(300);
});

it('before the room is known a tile has its least width', () => {
  expect(tileWidth('9:16', 0, 4)).toEqual({ width: 164, columns: 1 });
});
