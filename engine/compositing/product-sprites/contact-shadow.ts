/**
 * The dark line where a product touches the floor, and the dimmer ring round it: light that cannot get in between. It follows
 * the lower contour of each piece, so feet, round bases and pairs of things each stand on their own.
 */
import type { ProductAnalysis } from '#core/project/schema.ts';
import { blurGrid, createGrid, paintAlpha, reduceMask, type Grid, type Mask } from './grid.ts';
import { SHADOW_COLOUR, type ProductSprite } from './product-sprite.ts';
import { readStance, type Piece } from './stance.ts';

export interface ShadowOptions {
  readonly cameraElevationDeg: number;
  readonly light: ProductAnalysis['light'];
  /** 8-bit sRGB; default a warm near-black. */
  readonly colour?: readonly [number, number, number];
}

/** Height of the product in cells: fine enough for a line a few canvas pixels wide. */
const WORK_HEIGHT = 320;
const MARGIN = 0.2;
const CREASE = { strength: 0.98, spread: 0.012 };
const RING = { strength: 0.72, spread: 0.04 };
const HAZE = { strength: 0.42, spread: 0.1 };

/** The camera sees only the shadow in front of the base; it is drawn out towards it, in deviations, or the contour would eat it. */
const TOWARDS_CAMERA = 0.95;

/** The occlusion shadow of a mask cropped to the product. */
export function contactShadow(mask: Mask, options: ShadowOptions): ProductSprite {
  const reduced = reduceMask(mask, Math.min(1, WORK_HEIGHT / Math.max(mask.width, mask.height)));
  const unit = reduced.height;
  const tilt = Math.sin((Math.max(4, Math.min(80, options.cameraElevationDeg)) * Math.PI) / 180);
  const { pieces } = readStance(reduced, options.cameraElevationDeg);
  const reach = Math.max(...pieces.map((piece) => spreadUnit(piece)), 1);
  const margin = Math.ceil(MARGIN * Math.max(unit, reach));
  const top = Math.max(0, Math.floor(Math.min(unit, ...pieces.map((piece) => 2 * piece.groundY - piece.baseY)) - margin));
  const frame = { left: -margin, top, width: reduced.width + 2 * margin, height: unit + margin - top };
  const footprint = createGrid(frame.width, frame.height);
  for (const piece of pieces) stampFootprint(footprint, piece, tilt, frame);
  const alpha = layShadows(footprint, reach, tilt, options.light.azimuthDeg);
  return {
    raster: paintAlpha(alpha, options.colour ?? SHADOW_COLOUR),
    rect: { x: frame.left / unit, y: frame.top / unit, width: frame.width / unit, height: frame.height / unit },
  };
}

/** Shadows of flat wide things spread with their height, of tall thin ones with their width. */
function spreadUnit(piece: Piece): number {
  return Math.min(2 * (piece.right - piece.left), 1.4 * (piece.baseY - piece.top));
}

/** Fills the ground that the piece stands on: from its lower contour back to the same contour mirrored. */
function stampFootprint(grid: Grid, piece: Piece, tilt: number, frame: { left: number; top: number }): void {
  const standing = piece.standing.reduce((sum, value) => sum + value, 0);
  const least = Math.max(1.5, standing * 0.25 * tilt);
  for (let i = 0; i < piece.lowest.length; i++) {
    const weight = piece.standing[i] as number;
    if (weight <= 0) continue;
    const bottom = piece.lowest[i] as number;
    const top = Math.min(2 * piece.groundY - bottom, bottom - least);
    const column = piece.left + i - frame.left;
    for (let y = Math.max(0, Math.floor(top - frame.top)); y < bottom - frame.top; y++) {
      const at = y * grid.width + column;
      grid.data[at] = Math.max(grid.data[at] as number, weight);
    }
  }
}

function layShadows(footprint: Grid, unit: number, tilt: number, azimuthDeg: number): Grid {
  const flatness = Math.max(0.36, tilt);
  const layers = [CREASE, RING, HAZE].map(({ strength, spread }) => {
    const sigma = Math.max(0.8, spread * unit);
    const blurred = blurGrid(footprint, sigma, Math.max(0.8, sigma * flatness));
    const away = { x: Math.round(-Math.cos((azimuthDeg * Math.PI) / 180) * sigma * 0.35), y: Math.round(sigma * flatness * TOWARDS_CAMERA) };
    return { strength, blurred, away };
  });
  const out = createGrid(footprint.width, footprint.height);
  for (let y = 0; y < out.height; y++) {
    for (let x = 0; x < out.width; x++) {
      let through = 1;
      for (const { strength, blurred, away } of layers) {
        const [fromX, fromY] = [x - away.x, y - away.y];
        if (fromX < 0 || fromY < 0 || fromX >= out.width || fromY >= out.height) continue;
        through *= 1 - strength * (blurred.data[fromY * out.width + fromX] as number);
      }
      out.data[y * out.width + x] = (1 - through) * edgeFade(x, out.width) * edgeFade(y, out.height);
    }
  }
  return out;
}

/** The sprite ends in nothing, whatever the blur left at its border. */
function edgeFade(position: number, length: number): number {
  return Math.min(1, position / 8, (length - 1 - position) / 8);
}
