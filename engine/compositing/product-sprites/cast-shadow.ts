/**
 * The shadow a product throws on the floor away from the key light. The silhouette is puffed up to a round body (as deep as it
 * is wide, thin parts thin), cut into level slices, and every slice lands on the floor by its height, foreshortened by the
 * camera's view. The slices up to each of several heights are blurred together, more for greater heights: a penumbra that
 * opens and fades with distance. Light from the side works too, where a flat silhouette would throw no more than a line.
 */
import type { ShadowOptions } from './contact-shadow.ts';
import { distanceInside } from './distance-inside.ts';
import { blurGrid, createGrid, paintAlpha, reduceMask, type Grid, type Mask } from './grid.ts';
import { SHADOW_COLOUR, type ProductSprite } from './product-sprite.ts';
import { readStance, type Piece } from './stance.ts';

/** A quarter of a large product on a 1080p canvas and less: the shadow is soft. */
const WORK_HEIGHT = 160;
const LEVELS = 28;
/** Takes out what is left of the steps between levels, cells. */
const SMOOTHING = { x: 2.2, y: 1 };
const BORDER = 8;
/** Longest throw, product heights: a low sun would leave the picture. */
const LONGEST = 1.15;
const STRENGTH = 0.6;

interface Throw {
  /** Where the shadow of the product's top lies relative to its foot, cells. */
  readonly x: number;
  readonly y: number;
  /** Foreshortening of the floor. */
  readonly tilt: number;
  readonly softness: number;
  /** Cells of the product's height. */
  readonly unit: number;
}

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The cast shadow of a mask cropped to the product; `light.azimuthDeg` is where the light stands in the picture. */
export function castShadow(mask: Mask, options: ShadowOptions): ProductSprite {
  const reduced = reduceMask(mask, Math.min(1, WORK_HEIGHT / Math.max(mask.width, mask.height)));
  const { pieces } = readStance(reduced, options.cameraElevationDeg);
  const thrown = throwOf(options, reduced.height);
  const frame = frameFor(reduced, thrown);
  const stepped = createGrid(frame.width, frame.height);
  const landed = createGrid(frame.width, frame.height);
  const bodies = pieces.map((piece) => ({ piece, depth: bodyDepth(reduced, piece) }));
  for (let level = 0; level < LEVELS; level++) {
    for (const { piece, depth } of bodies) landLevel(landed, piece, depth, reduced.width, level, thrown, frame);
    darken(stepped, landed, (level + 1) / LEVELS, thrown);
  }
  const shadow = blurGrid(stepped, SMOOTHING.x, SMOOTHING.y);
  fadeBorder(shadow);
  const unit = reduced.height;
  return {
    raster: paintAlpha(shadow, options.colour ?? SHADOW_COLOUR),
    rect: { x: frame.left / unit, y: frame.top / unit, width: frame.width / unit, height: frame.height / unit },
  };
}

function throwOf({ light, cameraElevationDeg }: ShadowOptions, unit: number): Throw {
  const azimuth = (light.azimuthDeg * Math.PI) / 180;
  const elevation = (Math.min(88, Math.max(12, light.elevationDeg)) * Math.PI) / 180;
  const length = Math.min(LONGEST, 1 / Math.tan(elevation)) * unit;
  const tilt = Math.sin((Math.min(75, Math.max(5, cameraElevationDeg)) * Math.PI) / 180);
  return { x: -Math.cos(azimuth) * length, y: Math.sin(azimuth) * length * tilt, tilt, softness: light.softness, unit };
}

function blurAt(share: number, { softness, unit }: Throw): number {
  return unit * (0.008 + share * (0.02 + 0.13 * softness));
}

function frameFor(mask: Grid, thrown: Throw): Frame {
  const { x, y, tilt, unit } = thrown;
  const margin = Math.ceil(2.5 * blurAt(1, thrown)) + BORDER;
  const marginY = Math.ceil(margin * Math.max(0.4, tilt)) + BORDER;
  const depth = (mask.width / 2) * tilt;
  const left = Math.floor(Math.min(0, x) - margin);
  const right = Math.ceil(mask.width + Math.max(0, x) + margin);
  const top = Math.floor(unit * 0.6 + Math.min(0, y) - depth - marginY);
  const bottom = Math.ceil(unit + Math.max(0, y) + marginY);
  return { left, top, width: right - left, height: bottom - top };
}

/** Half thickness of the body behind every cell of the piece, towards and away from the camera. */
function bodyDepth({ width, height }: Grid, piece: Piece): Float32Array {
  const inside = distanceInside(width, height, (index) => piece.cells[index] === 1, width + height);
  const thickest = inside.reduce((most, value) => Math.max(most, value), 1);
  return inside.map((value) => (value > 0 ? Math.sqrt(value * (2 * thickest - value)) : 0));
}

/** Adds the slices of one level (of all heights) to what has landed on the floor. */
function landLevel(landed: Grid, piece: Piece, depth: Float32Array, width: number, level: number, thrown: Throw, frame: Frame): void {
  const tall = Math.max(1, piece.groundY - piece.top);
  const from = Math.ceil(piece.groundY - ((level + 1) / LEVELS) * tall);
  const to = Math.ceil(piece.groundY - (level / LEVELS) * tall);
  for (let row = Math.max(0, from); row < (level === 0 ? piece.baseY : to); row++) {
    const share = Math.max(0, piece.groundY - row - 0.5) / thrown.unit;
    const next = Math.max(0, piece.groundY - row + 0.5) / thrown.unit;
    for (let x = piece.left; x < piece.right; x++) {
      const half = (depth[row * width + x] as number) * thrown.tilt;
      if (half <= 0) continue;
      const [fromX, toX] = sorted(x + thrown.x * share, x + thrown.x * next);
      const [fromY, toY] = sorted(piece.groundY + thrown.y * share, piece.groundY + thrown.y * next);
      fill(landed, fromX - frame.left, toX + 1 - frame.left, fromY - half - frame.top, toY + half + 1 - frame.top);
    }
  }
}

function sorted(a: number, b: number): readonly [number, number] {
  return a < b ? [a, b] : [b, a];
}

function fill(grid: Grid, left: number, right: number, top: number, bottom: number): void {
  const lastX = Math.min(grid.width, Math.round(right));
  const lastY = Math.min(grid.height, Math.round(bottom));
  for (let y = Math.max(0, Math.round(top)); y < lastY; y++) {
    for (let x = Math.max(0, Math.round(left)); x < lastX; x++) grid.data[y * grid.width + x] = 1;
  }
}

/** Keeps the darker of the shadow so far and what has landed up to `share` of the height, as soft and faint as that height makes it. */
function darken(shadow: Grid, landed: Grid, share: number, thrown: Throw): void {
  const sigma = Math.max(0.9, blurAt(share, thrown));
  const blurred = blurGrid(landed, sigma, Math.max(0.9, sigma * Math.max(0.4, thrown.tilt)));
  const strength = (STRENGTH * (1 - 0.25 * thrown.softness)) / (1 + share * (1.1 + 2.2 * thrown.softness));
  for (let i = 0; i < shadow.data.length; i++) shadow.data[i] = Math.max(shadow.data[i] as number, strength * (blurred.data[i] as number));
}

function fadeBorder(grid: Grid): void {
  for (let y = 0; y < grid.height; y++) {
    for (let x = 0; x < grid.width; x++) {
      const nearest = Math.min(x, y, grid.width - 1 - x, grid.height - 1 - y);
      if (nearest < BORDER) grid.data[y * grid.width + x] = ((grid.data[y * grid.width + x] as number) * nearest) / BORDER;
    }
  }
}
