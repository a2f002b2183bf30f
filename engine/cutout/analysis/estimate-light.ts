/**
 * Where the light of the photo stood and how hard it was. The cast shadow tells it: it lies opposite to the light, its
 * length against the product's height gives the height of the light, its penumbra the softness. Without a shadow the
 * shading of the product from side to side gives a weak hint; without that the default studio light stands, confidence 0.
 */
import { formatHex } from '#core/lib/color/hex.ts';
import { oklchFromHex } from '#core/lib/color/oklab.ts';
import { srgbFromLinear } from '#core/lib/color/srgb.ts';
import type { ProductAnalysis } from '#core/project/schema.ts';
import type { Raster } from '#engine/compositing/raster.ts';
import type { Mask } from '../codec.ts';
import { smoothBlur } from './box-blur.ts';
import type { ContactSpan } from './contact-span.ts';
import { LINEAR, type LightPlanes } from './light-planes.ts';
import { smoothstep, type ShadowField } from './shadow-field.ts';

export type Light = ProductAnalysis['light'];

/** Key light from upper left, as most studios set it. */
const DEFAULT = { azimuthDeg: 120, elevationDeg: 50, softness: 0.6 } as const;

/** How the product stands in the working picture; all lengths in working pixels. */
export interface Stance {
  /** Contact span of each piece, at least one. */
  readonly bases: readonly ContactSpan[];
  /** Height of the tallest piece. */
  readonly height: number;
  readonly cameraElevationDeg: number;
}

export function estimateLight(photo: Raster, mask: Mask, planes: LightPlanes, field: ShadowField | undefined, stance: Stance): Light {
  const tint = lightTint(planes);
  const cast = field && fromShadow(planes, field, stance);
  if (cast && cast.confidence >= 0.25) return { ...cast, tint };
  const shading = fromShading(photo, mask);
  const softness = field ? penumbra(planes, field, stance) : DEFAULT.softness;
  return { ...DEFAULT, softness, tint, ...(shading ?? { confidence: 0 }) };
}

/** Share of the base's width by which the reach of the shadow exceeds its length (0.5 for its very tip). */
const OWN_WIDTH = 0.3;

/** Light direction from the shadow's centre of gravity, seen from the base it belongs to and unfolded onto the floor. */
function fromShadow(planes: LightPlanes, field: ShadowField, stance: Stance): Omit<Light, 'tint'> {
  const center = { right: 0, away: 0, baseWidth: 0, weight: 0 };
  forShadow(field, (at, weight) => {
    const { right, away, base } = fromBase(field, stance, at);
    center.right += weight * right;
    center.away += weight * away;
    center.baseWidth += weight * (base.right - base.left + 1);
    center.weight += weight;
  });
  const [right, away] = [center.right / center.weight, center.away / center.weight];
  const shift = Math.hypot(right, away);
  const direction = { right: right / (shift || 1), away: away / (shift || 1) };
  const reach = quantile(field, 0.9, (at) => {
    const point = fromBase(field, stance, at);
    return point.right * direction.right + point.away * direction.away;
  });
  // The shadow's tip is that of the product's far side: part of its own width does not count as length.
  const length = reach - (OWN_WIDTH * center.baseWidth) / center.weight;
  const elevationDeg = clamp(degrees(Math.atan2(stance.height, Math.max(1, length))), 20, 75);
  const flat = Math.cos((elevationDeg * Math.PI) / 180);
  const azimuthDeg = degrees(Math.atan2(Math.sin((elevationDeg * Math.PI) / 180), -direction.right * flat));
  const confidence = field.confidence * smoothstep(0.06, 0.35, (shift * center.weight) / Math.max(1, center.baseWidth));
  return { azimuthDeg, elevationDeg, softness: penumbra(planes, field, stance), confidence };
}

/** Offset of a shadow pixel on the floor from the middle of the nearest base: to the right, and away from the camera. */
function fromBase(field: ShadowField, stance: Stance, at: number): { right: number; away: number; base: ContactSpan } {
  const foreshortening = Math.sin((Math.max(8, stance.cameraElevationDeg) * Math.PI) / 180);
  const [x, y] = [at % field.width, Math.floor(at / field.width)];
  const gap = (base: ContactSpan): number => Math.hypot(Math.max(0, base.left - x, x - base.right), y - base.y);
  const base = stance.bases.reduce((nearest, next) => (gap(next) < gap(nearest) ? next : nearest));
  return { right: x - (base.left + base.right) / 2, away: (base.y - y) / foreshortening, base };
}

/** Width of the half-shade, share of the product's height, of a hard and of a fully soft shadow. */
const HARD_PENUMBRA = 0.05;
const SOFT_PENUMBRA = 0.45;

/** How far the shadow takes to run out where it is rather sharp, away from the product's own edge where all shadows are sharp. */
function penumbra(planes: LightPlanes, field: ShadowField, stance: Stance): number {
  const { width, height, darkness } = field;
  const near = smoothBlur(planes.coverage, width, height, Math.max(2, Math.round(0.025 * Math.max(width, height))));
  const values: number[] = [];
  const slopes: number[] = [];
  forShadow(field, (at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    if ((near[at] ?? 1) > 0.002 || x < 2 || y < 2 || x > width - 3 || y > height - 3) return;
    values.push(darkness[at] ?? 0);
    slopes.push(Math.hypot((darkness[at + 1] ?? 0) - (darkness[at - 1] ?? 0), (darkness[at + width] ?? 0) - (darkness[at - width] ?? 0)) / 2);
  });
  if (values.length < 60) return DEFAULT.softness;
  const extent = top(values, 0.9) / Math.max(1e-5, top(slopes, 0.85)) / stance.height;
  return clamp(Math.log(extent / HARD_PENUMBRA) / Math.log(SOFT_PENUMBRA / HARD_PENUMBRA), 0, 1);
}

function top(values: number[], share: number): number {
  values.sort((one, other) => one - other);
  return values[Math.floor(values.length * share)] ?? 0;
}

function forShadow(field: ShadowField, visit: (at: number, darkness: number) => void): void {
  for (let at = 0; at < field.darkness.length; at++) {
    const darkness = field.darkness[at] ?? 0;
    if (darkness > 0.02) visit(at, darkness);
  }
}

function quantile(field: ShadowField, share: number, measure: (at: number) => number): number {
  const values: number[] = [];
  forShadow(field, (at) => values.push(measure(at)));
  return top(values, share);
}

/** Log luminance against the place between the product's left and right edge, row by row; a label cancels out on average. */
function fromShading(photo: Raster, mask: Mask): Pick<Light, 'azimuthDeg' | 'confidence'> | undefined {
  const step = Math.max(1, Math.round(photo.height / 200));
  let [xx, xy, count] = [0, 0, 0];
  for (let y = 0; y < photo.height; y += step) {
    const row = innerRow(photo, mask, y, step);
    if (row.length < 12) continue;
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
    for (const [index, value] of row.entries()) {
      const u = (2 * index) / (row.length - 1) - 1;
      xx += u * u;
      xy += u * (value - mean);
      count++;
    }
  }
  const slope = xx === 0 ? 0 : xy / xx;
  if (count < 500 || Math.abs(slope) < 0.12) return undefined;
  return { azimuthDeg: slope > 0 ? 60 : 120, confidence: Math.min(0.3, 0.5 * Math.abs(slope)) };
}

/** Log luminance of the opaque pixels of one row. */
function innerRow(photo: Raster, mask: Mask, y: number, step: number): number[] {
  const out: number[] = [];
  for (let x = 0; x < photo.width; x += step) {
    const pixel = y * photo.width + x;
    if ((mask.data[pixel] ?? 0) < 250) continue;
    const at = pixel * 4;
    const luminance = 0.2126 * (LINEAR[photo.data[at] ?? 0] ?? 0) + 0.7152 * (LINEAR[photo.data[at + 1] ?? 0] ?? 0) + 0.0722 * (LINEAR[photo.data[at + 2] ?? 0] ?? 0);
    out.push(Math.log(0.02 + luminance));
  }
  return out;
}

/** Colour cast of a background that is nearly neutral, brightest channel 255; a coloured background says nothing about the light. */
function lightTint(planes: LightPlanes): string {
  const sums = [0, 0, 0];
  for (let at = 0; at < planes.coverage.length; at++) {
    if ((planes.coverage[at] ?? 1) > 0.01) continue;
    for (const channel of [0, 1, 2] as const) sums[channel] = (sums[channel] ?? 0) + (planes.background[channel][at] ?? 0);
  }
  const brightest = Math.max(...sums);
  if (brightest <= 0) return '#ffffff';
  const [red = 1, green = 1, blue = 1] = sums.map((sum) => 255 * srgbFromLinear(sum / brightest));
  const tint = formatHex({ red, green, blue });
  return oklchFromHex(tint).chroma < 0.035 ? tint : '#ffffff';
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
