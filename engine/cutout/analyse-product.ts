/**
 * What a photo and a mask tell about a product: where it stands, how the camera sees it, where the light came from, its
 * colours and its noise. The scene is then built to fit the product. Pure and deterministic; everything but bounds,
 * palette and noise is measured on a small working picture.
 */
import type { ProductAnalysis } from '#core/project/schema.ts';
import type { Raster } from '#engine/compositing/raster.ts';
import { cameraElevation } from './analysis/camera-elevation.ts';
import { contactSpan, type ContactSpan } from './analysis/contact-span.ts';
import { estimateLight, type Stance } from './analysis/estimate-light.ts';
import { lightPlanes, type LightPlanes } from './analysis/light-planes.ts';
import { lowerContours, type LowerContour } from './analysis/lower-contour.ts';
import { noiseSigma } from './analysis/noise-sigma.ts';
import { paletteOf } from './analysis/palette.ts';
import { shadowField, type ShadowField } from './analysis/shadow-field.ts';
import type { Mask } from './codec.ts';

/** Planes and shadow, when the caller has measured them already. */
export interface Measured {
  readonly planes: LightPlanes;
  readonly field: ShadowField | undefined;
}

const MAX_COLORS = 6;

/** `photo` is the upright photo, `mask` its 8-bit alpha of the same size. Numbers are rounded, so that documents stay readable. */
export function analyseProduct(photo: Raster, mask: Mask, measured: Measured = measureLight(photo, mask)): ProductAnalysis {
  const { planes, field } = measured;
  const bounds = boundsOf(mask);
  const contours = lowerContours(planes);
  const stance = stanceOf(contours, bounds, planes);
  const base = unite(stance);
  const light = estimateLight(photo, mask, planes, field, stance);
  const toPhoto = (value: number): number => round(value / planes.scale, 1);
  return {
    photoWidth: photo.width,
    photoHeight: photo.height,
    bounds,
    base: { left: toPhoto(base.left), right: toPhoto(base.right + 1), y: Math.min(bounds.y + bounds.height, toPhoto(base.y)) },
    cameraElevationDeg: round(stance.cameraElevationDeg, 1),
    light: { ...light, azimuthDeg: round(light.azimuthDeg, 1), elevationDeg: round(light.elevationDeg, 1), softness: round(light.softness, 3), confidence: round(light.confidence, 3) },
    palette: paletteOf(photo, mask, MAX_COLORS),
    noiseSigma: round(noiseSigma(photo), 2),
  };
}

/** The working planes and the photo's own shadow. */
export function measureLight(photo: Raster, mask: Mask): Measured {
  const planes = lightPlanes(photo, mask);
  return { planes, field: shadowField(planes) };
}

/** Tight box of alpha > 0; the whole picture for an empty mask. */
function boundsOf(mask: Mask): ProductAnalysis['bounds'] {
  let [left, right, top, bottom] = [mask.width, -1, mask.height, -1];
  for (let pixel = 0; pixel < mask.data.length; pixel++) {
    if (mask.data[pixel] === 0) continue;
    const [x, y] = [pixel % mask.width, Math.floor(pixel / mask.width)];
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    bottom = y;
  }
  if (right < 0) return { x: 0, y: 0, width: mask.width, height: mask.height };
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

function stanceOf(contours: readonly LowerContour[], bounds: ProductAnalysis['bounds'], { scale }: LightPlanes): Stance {
  const height = bounds.height * scale;
  const [main] = contours;
  if (!main) return { bases: [{ left: bounds.x * scale, right: (bounds.x + bounds.width) * scale - 1, y: (bounds.y + bounds.height) * scale }], height, cameraElevationDeg: 12 };
  return { bases: contours.map(contactSpan), height: contours.length === 1 ? height : Math.min(height, main.height), cameraElevationDeg: cameraElevation(main, contactSpan(main)) };
}

/** Pieces that stand in the lower half share the floor; what hangs higher (a lid held above) does not. */
function unite({ bases, height }: Stance): ContactSpan {
  const lowest = Math.max(...bases.map(({ y }) => y));
  const standing = bases.filter(({ y }) => y >= lowest - 0.6 * height);
  return { left: Math.min(...standing.map(({ left }) => left)), right: Math.max(...standing.map(({ right }) => right)), y: lowest };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
