/** What the arrow keys make of a box on the canvas. Pure. */
import type { Box } from './box.ts';

const WAYS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const FAR_PX = 10;
const GROWTH = 0.01;
const FAR_GROWTH = 0.05;

/** The box after a key; undefined when the key means nothing here. Arrows move by a pixel of the film; Alt scales and turns; Shift is more of it. */
export function nudgedBox(box: Box, key: string, { isAlt, isShift, canTurn }: { readonly isAlt: boolean; readonly isShift: boolean; readonly canTurn: boolean }): Box | undefined {
  const way = WAYS[key];
  if (!way) return undefined;
  const [dx, dy] = way;
  if (!isAlt) return { ...box, x: box.x + dx * (isShift ? FAR_PX : 1), y: box.y + dy * (isShift ? FAR_PX : 1) };
  if (dx !== 0) return canTurn ? { ...box, rotationDeg: box.rotationDeg + dx * (isShift ? FAR_PX : 1) } : undefined;
  const factor = 1 - dy * (isShift ? FAR_GROWTH : GROWTH);
  const [width, height] = [box.width * factor, box.height * factor];
  return { ...box, x: box.x + (box.width - width) / 2, y: box.y + (canTurn ? box.height - height : (box.height - height) / 2), width, height };
}
