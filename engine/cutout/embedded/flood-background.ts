/**
 * Floods the background with balls from large to small. What only a small ball reaches lies behind a narrow neck: either a
 * real recess, or the inside of a product that a gap in its outline let in. A recess is about as narrow as its neck, or
 * looks like the background continued; anything else stays closed.
 */
import { continueBackground } from './background-colours.ts';
import { findComponents } from './components.ts';
import { distanceTo } from './filters.ts';
import { flood } from './flood.ts';
import { fitShadow } from './shadow-model.ts';
import type { WorkingPicture } from './working-picture.ts';

const RADII_PX = [30, 21, 15, 11, 8, 6, 4, 3, 2];
const MAX_RECESS_GROWTH = 1.7;
const MIN_SUSPECT_PX = 40;
const ACROSS_PX = 12;
/** The narrower the neck, the less of the border needs to have reached background on the other side. */
const ISLAND = [{ neck: 0.35, across: 0.45 }, { neck: 0.18, across: 0.28 }] as const;

export function floodBackground(picture: WorkingPicture, isEdge: Uint8Array, isSeed: Uint8Array, noise: number): Uint8Array {
  const { width, height } = picture;
  const wall = isEdge.slice();
  const clearance = distanceTo(isEdge, width, height, 200);
  let reached = flood(wall, isSeed, width, height, RADII_PX[0]!);
  for (let level = 1; level < RADII_PX.length; level++) {
    const next = flood(wall, isSeed, width, height, RADII_PX[level]!);
    const fresh = next.map((value, at) => (value === 1 && reached[at] === 0 ? 1 : 0));
    const suspects = findComponents(fresh, width, height, false).filter(({ pixels }) => pixels.length >= MIN_SUSPECT_PX);
    if (suspects.length > 0 && reached.includes(1)) {
      const background = continueBackground(picture, reached);
      for (const { pixels } of suspects) {
        const border = measureBorder(pixels, reached, isEdge, width, height);
        const isIsland = ISLAND.some(({ neck, across }) => border.open < neck * border.edge && border.acrossReached > across * border.edge);
        const isWider = widest(pixels, clearance) > RADII_PX[level - 1]! * MAX_RECESS_GROWTH + 2;
        if (!isIsland && (!isWider || looksLike(picture, background, pixels, noise))) continue;
        for (const at of pixels) {
          next[at] = 0;
          wall[at] = 1;
        }
      }
    }
    reached = next.map((value, at) => (value === 1 || reached[at] === 1 ? 1 : 0));
  }
  return reached;
}

function widest(pixels: Int32Array, clearance: Float32Array): number {
  let result = 0;
  for (const at of pixels) result = Math.max(result, clearance[at]!);
  return result;
}

interface BorderCounts {
  /** Pixel sides that touch background reached before: the neck. */
  readonly open: number;
  /** Pixel sides that touch an outline, and those of them with reached background on the outline's other side. */
  readonly edge: number;
  readonly acrossReached: number;
}

/** A product that the flood leaked into has an outline with reached background on its other side; a recess has product there. */
function measureBorder(pixels: Int32Array, reached: Uint8Array, isEdge: Uint8Array, width: number, height: number): BorderCounts {
  let open = 0;
  let edge = 0;
  let acrossReached = 0;
  for (const at of pixels) {
    const x = at % width;
    const y = (at - x) / width;
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]] as const) {
      if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
      const next = at + dy * width + dx;
      if (reached[next] === 1) open++;
      if (isEdge[next] === 0) continue;
      edge++;
      for (let step = 2; step <= ACROSS_PX; step++) {
        const [toX, toY] = [x + dx * step, y + dy * step];
        if (toX < 0 || toX >= width || toY < 0 || toY >= height) break;
        const to = toY * width + toX;
        if (isEdge[to] === 1) continue;
        acrossReached += reached[to]!;
        break;
      }
    }
  }
  return { open, edge, acrossReached };
}

/** On a coloured background a shade of it will do; on a neutral one only the background itself. */
function looksLike(picture: WorkingPicture, background: ReturnType<typeof continueBackground>, pixels: Int32Array, noise: number): boolean {
  let difference = 0;
  let residual = 0;
  let chroma = 0;
  for (const at of pixels) {
    const [red, green, blue] = [picture.planes[0][at]!, picture.planes[1][at]!, picture.planes[2][at]!];
    const [backRed, backGreen, backBlue] = [background[0][at]!, background[1][at]!, background[2][at]!];
    difference += Math.hypot(red - backRed, green - backGreen, blue - backBlue) / pixels.length;
    residual += fitShadow(red, green, blue, backRed, backGreen, backBlue).residual / pixels.length;
    chroma += (Math.max(backRed, backGreen, backBlue) - Math.min(backRed, backGreen, backBlue)) / pixels.length;
  }
  return difference < 5 + 4 * noise || (chroma > 60 && residual < 10 + 4 * noise);
}
