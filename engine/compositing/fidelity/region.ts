/** Where on the canvas a product is looked at, in whole pixels. Pure. */
import type { Rect } from '#core/composition/layer.ts';
import type { Size } from '#core/project/ratio.ts';

/** The box round a rectangle turned about its middle, grown by `margin` and cut to the canvas; undefined when nothing is left. */
export function regionOf(rect: Rect, rotationDeg: number, margin: number, canvas: Size): Rect | undefined {
  const angle = (rotationDeg * Math.PI) / 180;
  const halfWidth = (Math.abs(Math.cos(angle)) * rect.width + Math.abs(Math.sin(angle)) * rect.height) / 2 + margin;
  const halfHeight = (Math.abs(Math.sin(angle)) * rect.width + Math.abs(Math.cos(angle)) * rect.height) / 2 + margin;
  const middleX = rect.x + rect.width / 2;
  const middleY = rect.y + rect.height / 2;
  const x = Math.max(0, Math.floor(middleX - halfWidth));
  const y = Math.max(0, Math.floor(middleY - halfHeight));
  const width = Math.min(canvas.width, Math.ceil(middleX + halfWidth)) - x;
  const height = Math.min(canvas.height, Math.ceil(middleY + halfHeight)) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : undefined;
}
