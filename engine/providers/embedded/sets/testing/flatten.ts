/** Looks at a built set as the camera would at rest: layers over one another, any point of the canvas, sRGB 0..1. */
import type { BuiltSet, SetLayer } from '../set-types.ts';

export type Rgb = [number, number, number];

/** Colour and opacity at a canvas fraction; nearest pixel, back to front, without foreground layers by default. */
export function pointOf(built: BuiltSet, x: number, y: number, options: { withForeground?: boolean } = {}): { color: Rgb; alpha: number } {
  const color: Rgb = [0, 0, 0];
  let alpha = 0;
  for (const layer of built.layers) {
    if (layer.isForeground && !options.withForeground) continue;
    const pixel = pixelOf(layer, x, y);
    if (!pixel) continue;
    const [, , , opacity] = pixel;
    for (let channel = 0; channel < 3; channel++) color[channel] = blended(layer.blend, color[channel]!, pixel[channel]!) * opacity + color[channel]! * (1 - opacity);
    if (layer.blend === 'normal') alpha = Math.max(alpha, opacity);
  }
  return { color, alpha };
}

export function lumaOf([r, g, b]: Rgb): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Straight red, green, blue, alpha of the layer at a canvas fraction, 0..1; nothing outside its rectangle. */
export function pixelOf({ rect, picture, opacity }: SetLayer, x: number, y: number): [number, number, number, number] | undefined {
  const column = Math.floor(((x - rect.x) / rect.width) * picture.width);
  const row = Math.floor(((y - rect.y) / rect.height) * picture.height);
  if (column < 0 || row < 0 || column >= picture.width || row >= picture.height) return undefined;
  const channels = picture.data instanceof Uint16Array && 'channels' in picture ? picture.channels : 4;
  const white = picture.data instanceof Uint16Array ? 65535 : 255;
  const at = (row * picture.width + column) * channels;
  const alpha = channels === 4 ? picture.data[at + 3]! / white : 1;
  return [picture.data[at]! / white, picture.data[at + 1]! / white, picture.data[at + 2]! / white, alpha * opacity];
}

function blended(blend: SetLayer['blend'], below: number, above: number): number {
  if (blend === 'multiply') return below * above;
  return blend === 'screen' ? below + above - below * above : above;
}
