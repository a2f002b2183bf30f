/** Coloured light over part of the stage, for out-of-focus lamps: discs are added, then read back or mirrored. */
import type { FractionRect, Stage } from '../set-types.ts';
import type { Linear } from './color.ts';
import { blurField, createField, sampleField, type Field } from './field.ts';
import { coverage, lengthOf, mix, smoothstep } from './math.ts';

export interface LightField {
  readonly channels: readonly [Field, Field, Field];
}

/** A lamp as a lens draws it out of focus. */
export interface LampDisc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly color: Linear;
  readonly strength: number;
  /** Width of the disc's edge as a share of its radius. */
  readonly softness: number;
  /** 0 = a plain disc, 1 = bright rim. */
  readonly rim: number;
  /** Discs near the frame's edge are squeezed towards it by this share (optical vignetting). */
  readonly squeeze: number;
}

export function createLightField(stage: Stage, rect: FractionRect, density: number): LightField {
  return { channels: [createField(stage, rect, density), createField(stage, rect, density), createField(stage, rect, density)] };
}

export function addDisc(stage: Stage, light: LightField, disc: LampDisc): void {
  const [field] = light.channels;
  const reach = disc.radius * (1 + disc.softness);
  const angle = Math.atan2(disc.y - 0.5, disc.x - stage.aspect / 2);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const [fromX, toX] = pixelSpan(disc.x, reach, field.left, field.scale, field.width);
  const [fromY, toY] = pixelSpan(disc.y, reach, field.top, field.scale, field.height);
  for (let row = fromY; row <= toY; row++) {
    const dy = field.top + (row + 0.5) / field.scale - disc.y;
    for (let column = fromX; column <= toX; column++) {
      const dx = field.left + (column + 0.5) / field.scale - disc.x;
      const radial = (dx * cos + dy * sin) / (1 - disc.squeeze);
      const distance = lengthOf(radial, dy * cos - dx * sin) / disc.radius;
      const value = disc.strength * coverage(distance - 1, disc.softness) * mix(1, 0.55 + 0.6 * smoothstep(0.55, 0.98, distance), disc.rim);
      if (value <= 0) continue;
      const at = row * field.width + column;
      for (let channel = 0; channel < 3; channel++) {
        const data = light.channels[channel]!.data;
        data[at] = data[at]! + value * disc.color[channel]!;
      }
    }
  }
}

export function blurLight(light: LightField, radiusX: number, radiusY: number): void {
  for (const channel of light.channels) blurField(channel, radiusX, radiusY);
}

/** Adds the light at a point, times `amount`, to `out`. */
export function addLight(light: LightField, x: number, y: number, amount: number, out: Float64Array): void {
  for (let channel = 0; channel < 3; channel++) out[channel] = out[channel]! + amount * sampleField(light.channels[channel]!, x, y);
}

function pixelSpan(middle: number, reach: number, origin: number, scale: number, count: number): [number, number] {
  return [Math.max(0, Math.floor((middle - reach - origin) * scale)), Math.min(count - 1, Math.ceil((middle + reach - origin) * scale))];
}
