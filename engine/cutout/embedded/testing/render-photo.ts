/**
 * Draws a product photo whose exact alpha is known: a background with soft, hard and contact shadows, a product made of
 * painted shapes, lens blur, sensor noise. Everything is mixed in linear light, then encoded as sRGB. Tests and benches
 * of the cut-out use it; it knows nothing of the method it checks.
 */
import { createRandom } from '#core/lib/random.ts';
import type { Raster } from '#engine/compositing/raster.ts';
import type { Shape } from './shapes.ts';

/** Linear light, 0–1. */
export type Light = readonly [number, number, number];
export type Paint = (x: number, y: number, distance: number) => Light;

export interface PhotoScene {
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  readonly background: Paint;
  /** Painted in order, later over earlier. `opacity` below 1 lets the background shine through (glass); the truth counts it as solid. */
  readonly parts: readonly { readonly shape: Shape; readonly paint: Paint; readonly opacity?: number }[];
  readonly shadow?: { readonly baseY: number; readonly slope: number; readonly height: number; readonly strength: number; readonly softness: number };
  readonly contact?: { readonly x: number; readonly y: number; readonly halfWidth: number; readonly strength: number };
  /** Width of the outline's blur in pixels. */
  readonly blurPx: number;
  /** Standard deviation of the noise in 8-bit levels. */
  readonly noise: number;
}

export interface RenderedPhoto {
  readonly photo: Raster;
  readonly truth: Uint8Array;
}

export function renderPhoto(scene: PhotoScene): RenderedPhoto {
  const { width, height } = scene;
  const unit = Math.min(width, height);
  const data = new Uint8Array(width * height * 4);
  const truth = new Uint8Array(width * height);
  const random = createRandom(scene.seed, 'noise');
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const x = (column + 0.5) / unit;
      const y = (row + 0.5) / unit;
      const at = row * width + column;
      const { light, alpha } = lightAt(scene, x, y, unit);
      truth[at] = Math.round(alpha * 255);
      const grain = (random.next() + random.next() + random.next() - 1.5) * 2 * scene.noise;
      for (let channel = 0; channel < 3; channel++) {
        const own = (random.next() + random.next() - 1) * scene.noise;
        data[at * 4 + channel] = clampByte(encodeSrgb(light[channel]!) * 255 + grain + own);
      }
      data[at * 4 + 3] = 255;
    }
  }
  return { photo: { width, height, data }, truth };
}

function lightAt(scene: PhotoScene, x: number, y: number, unit: number): { light: Light; alpha: number } {
  const shade = shadowAt(scene, x, y);
  const ground = scene.background(x, y, 0);
  let light: Light = [ground[0] * shade, ground[1] * shade, ground[2] * shade];
  let alpha = 0;
  for (const part of scene.parts) {
    const distance = part.shape(x, y);
    const coverage = Math.min(1, Math.max(0, 0.5 - (distance * unit) / scene.blurPx));
    if (coverage === 0) continue;
    const paint = part.paint(x, y, distance);
    const mix = coverage * (part.opacity ?? 1);
    light = [light[0] + (paint[0] - light[0]) * mix, light[1] + (paint[1] - light[1]) * mix, light[2] + (paint[2] - light[2]) * mix];
    alpha = Math.max(alpha, coverage);
  }
  return { light, alpha };
}

/** The product's outline laid down on the ground behind its base, softer with distance, and a dark line of contact. */
function shadowAt(scene: PhotoScene, x: number, y: number): number {
  let shade = 1;
  const { shadow, contact } = scene;
  if (shadow !== undefined && y < shadow.baseY + shadow.softness) {
    const rise = Math.max(0, shadow.baseY - y) / shadow.height;
    const sourceX = x - rise * shadow.slope;
    const distance = Math.min(...scene.parts.map((part) => part.shape(sourceX, Math.min(shadow.baseY - rise, shadow.baseY))));
    const softness = shadow.softness * (0.25 + 1.5 * rise) + Math.max(0, y - shadow.baseY);
    const covered = smoothStep(0.5 - distance / (2 * softness)) * smoothStep(1 - (y - shadow.baseY) / shadow.softness);
    shade *= 1 - shadow.strength * covered;
  }
  if (contact !== undefined) {
    const distance = Math.hypot((x - contact.x) / contact.halfWidth, (y - contact.y) / (contact.halfWidth * 0.16));
    shade *= 1 - contact.strength * Math.exp(-((Math.max(0, distance - 0.7) / 0.45) ** 2));
  }
  return shade;
}

export function smoothStep(value: number): number {
  const t = Math.min(1, Math.max(0, value));
  return t * t * (3 - 2 * t);
}

export function encodeSrgb(linear: number): number {
  const value = Math.min(1, Math.max(0, linear));
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
}

function clampByte(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}
