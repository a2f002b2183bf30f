/**
 * A product mirrored in its floor: every column turned down about the point where it meets the ground, fading and blurring
 * with distance. How strongly it shows is the layer's opacity; `gloss` only says how clear and how far it is.
 */
import type { Raster } from '../raster.ts';
import { blurGrid, createGrid, reduceMask, type Grid, type Mask } from './grid.ts';
import { maskOf } from './mask-of.ts';
import type { ProductSprite } from './product-sprite.ts';
import { readStance, type Piece } from './stance.ts';

export interface ReflectionOptions {
  /** 0 = satin, 1 = mirror. */
  readonly gloss: number;
  /** How far the camera looks down, degrees. */
  readonly cameraElevationDeg?: number;
}

const WORK_HEIGHT = 400;
const STRENGTH = 0.6;
/** Empty cells round the picture, for the blur. */
const MARGIN = 12;

/** The reflection of a cut-out cropped to the product (straight alpha). */
export function reflection(cutout: Raster, { gloss, cameraElevationDeg = 12 }: ReflectionOptions): ProductSprite {
  const mask = maskOf(cutout);
  const scale = Math.min(1, WORK_HEIGHT / cutout.height, WORK_HEIGHT / cutout.width);
  const reduced = reduceMask(mask, scale);
  const colour = reduceColour(cutout, mask, scale);
  const { pieces } = readStance(reduced, cameraElevationDeg);
  const reach = Math.round(reduced.height * (0.28 + 0.32 * gloss));
  const top = Math.max(0, Math.floor(Math.min(reduced.height, ...pieces.map((piece) => piece.groundY)) - MARGIN));
  const frame = { left: -MARGIN, top, width: reduced.width + 2 * MARGIN, height: reduced.height - top + reach };
  const planes = mirror(colour, pieces, frame, reach);
  const raster = finish(planes, gloss, reduced.height);
  const unit = reduced.height;
  return { raster, rect: { x: frame.left / unit, y: frame.top / unit, width: frame.width / unit, height: frame.height / unit } };
}

type Planes = readonly [Grid, Grid, Grid, Grid];

/** Premultiplied R, G, B and alpha at working size. */
function reduceColour(cutout: Raster, mask: Mask, scale: number): Planes {
  const channel = (index: number): Grid => {
    const data = new Uint8Array(mask.data.length);
    for (let i = 0; i < data.length; i++) data[i] = Math.round(((cutout.data[i * 4 + index] as number) * (mask.data[i] as number)) / 255);
    return reduceMask({ ...mask, data }, scale);
  };
  return [channel(0), channel(1), channel(2), reduceMask(mask, scale)];
}

function mirror(source: Planes, pieces: readonly Piece[], frame: { left: number; top: number; width: number; height: number }, reach: number): Planes {
  const target = source.map(() => createGrid(frame.width, frame.height)) as unknown as Planes;
  const { width } = source[3];
  for (const piece of pieces) {
    for (let i = 0; i < piece.lowest.length; i++) {
      const x = piece.left + i;
      const isStanding = (piece.standing[i] as number) > 0.05;
      const pivot = isStanding ? (piece.lowest[i] as number) : piece.groundY;
      for (let y = Math.max(piece.top, Math.floor(pivot - reach)); y < (piece.lowest[i] as number); y++) {
        const to = Math.round(2 * pivot - 1 - y) - frame.top;
        if (to < 0 || to >= frame.height || !piece.cells[y * width + x]) continue;
        const fade = (1 - (pivot - y) / reach) ** 2 * STRENGTH;
        const at = to * frame.width + x - frame.left;
        for (const plane of [0, 1, 2, 3] as const) target[plane].data[at] = (source[plane].data[y * width + x] as number) * Math.max(0, fade);
      }
    }
  }
  return target;
}

/** Clear near the contact, blurred away from it, back to straight alpha. */
function finish(planes: Planes, gloss: number, unit: number): Raster {
  const { width, height } = planes[3];
  const near = Math.max(0.8, unit * (0.002 + 0.01 * (1 - gloss)));
  const far = unit * (0.012 + 0.035 * (1 - gloss));
  const clear = planes.map((plane) => blurGrid(plane, near, near));
  const soft = planes.map((plane) => blurGrid(plane, far, far * 1.4));
  const data = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const share = Math.min(1, Math.max(0, ((Math.floor(i / width) - MARGIN) / height) * 1.6));
    const mixed = (plane: number): number => ((clear[plane] as Grid).data[i] as number) * (1 - share) + ((soft[plane] as Grid).data[i] as number) * share;
    const alpha = mixed(3);
    const row = Math.floor(i / width);
    const distance = Math.min(i % width, width - 1 - (i % width), row, height - 1 - row);
    if (alpha < 1 / 512) continue;
    for (const channel of [0, 1, 2] as const) data[i * 4 + channel] = Math.round(Math.min(1, mixed(channel) / alpha) * 255);
    data[i * 4 + 3] = Math.round(alpha * 255 * Math.min(1, distance / 8));
  }
  return { width, height, data };
}
