/** Which part of a picture is seen when it covers a canvas. Pure. */
import type { Rect } from '#core/composition/layer.ts';
import type { Size } from '#core/project/ratio.ts';

/** The part of a picture, in its own pixels, that covers a canvas and keeps `focus` (fractions) in sight; as the export crops clips. */
export function coverCrop(picture: Size, canvas: Size, focus: { readonly x: number; readonly y: number }): Rect {
  const scale = Math.max(canvas.width / picture.width, canvas.height / picture.height);
  const [width, height] = [canvas.width / scale, canvas.height / scale];
  const place = (length: number, seen: number, at: number): number => Math.min(Math.max(length * at - seen / 2, 0), length - seen);
  return { x: place(picture.width, width, focus.x), y: place(picture.height, height, focus.y), width, height };
}
