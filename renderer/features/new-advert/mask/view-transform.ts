/** Where the photo lies in the view: a scale and an offset. Pure. */
export interface ViewTransform {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const MAX_SCALE = 16;
const AIR = 24;

/** The whole photo in the middle of the view. */
export function fitView(photo: Size, view: Size): ViewTransform {
  const scale = Math.min((view.width - 2 * AIR) / photo.width, (view.height - 2 * AIR) / photo.height);
  const safe = Math.max(scale, 0.001);
  return { scale: safe, x: (view.width - photo.width * safe) / 2, y: (view.height - photo.height * safe) / 2 };
}

/** Larger or smaller with the photo's point at (x, y) of the view staying where it is. */
export function zoomAt(view: ViewTransform, factor: number, x: number, y: number, minScale: number): ViewTransform {
  const scale = Math.min(MAX_SCALE, Math.max(minScale, view.scale * factor));
  const ratio = scale / view.scale;
  return { scale, x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio };
}

/** A point of the view on the photo. */
export function toPhoto(view: ViewTransform, x: number, y: number): { x: number; y: number } {
  return { x: (x - view.x) / view.scale, y: (y - view.y) / view.scale };
}
