/**
 * Takes steps and bites out of the outline where product and background hardly differ. There single pixels cannot tell the
 * two apart, but the outline as a curve can be found: as an edge that runs on beside it, faint as it may be, and where
 * there is none at all, as the curve that bends least between the stretches that are clear. Clear stretches stay as they are.
 */
import type { Raster } from '#engine/compositing/raster.ts';
import { cheapestPath } from './contour-path.ts';
import { bendThrough } from './contour-spline.ts';
import { COLUMNS, OUT, REACH, unrollContour, type ContourStrip } from './contour-strip.ts';
import { findStripEdges, weighPlaces } from './strip-costs.ts';
import { fillContours, traceContours, type Contour } from './trace-contour.ts';

/** Once more along the outline found, where means along it blur less. */
const ROUNDS = 2;
/** Curves of fewer points (per place's width) are specks, and too short to be smoothed. */
const MIN_POINTS = 60;
const LEAST_TRUST = 1e-4;
/** How far off, in places, a point must be to move: hardly where it is unclear, more where it lies on as clear an edge itself. */
const MOVE_UNCLEAR = 0.4;
const MOVE_CLEAR = 2.5;
const AS_CLEAR = 0.6;
/** From this trust, or from this edge under the point itself, a point counts as clear. */
const CLEAR_TRUST = 0.7;
const CLEAR_EDGE = 0.9;
/** Places over which a move fades out beside those that are moved. */
const RAMP = 6;

/** `pitch`: width of the photo's finest detail in pixels; `noise`: gradient of an empty patch, levels per pixel. */
export function straightenContour(photo: Raster, isProduct: Uint8Array, pitch: number, noise: number): Uint8Array {
  let outline = isProduct;
  for (let round = 0; round < ROUNDS; round++) {
    const from = outline;
    const contours = traceContours(from, photo.width, photo.height);
    const straight = contours.map((contour) => (contour.length / 2 < MIN_POINTS * pitch ? contour : straighten(contour, unrollContour(photo, from, contour, pitch), noise)));
    outline = fillContours(straight, photo.width, photo.height);
  }
  return outline;
}

function straighten(contour: Contour, strip: ContourStrip, noise: number): Contour {
  const own = placesOf(strip);
  const { abrupt, plain } = findStripEdges(strip, noise);
  const path = cheapestPath(weighPlaces(strip, abrupt, own, noise), strip.count);
  const targets = strip.points.slice();
  const trust = new Float64Array(strip.count).fill(1);
  for (let row = 0; row < strip.count; row++) {
    if (isOnBorder(strip, row, own[row]!)) continue;
    const away = (path[row]! - REACH + peakShift(abrupt, row, path[row]!)) * strip.pitch;
    trust[row] = Math.max(LEAST_TRUST, abrupt[row * COLUMNS + path[row]!]! ** 2);
    for (const axis of [row * 2, row * 2 + 1]) targets[axis] = strip.base[axis]! + away * strip.normals[axis]!;
  }
  const curve = bendThrough(targets, trust);
  const moved = strip.points.map((value, at) => curve[at]! - value);
  const ownEdge = own.map((place, row) => (isOnBorder(strip, row, place) ? 1 : plain[row * COLUMNS + columnOf(place)]!));
  const share = shareOfMove(moved, strip.pitch, trust, ownEdge);
  return contour.map((value, at) => {
    const row = ((at >> 1) * strip.count * 2) / contour.length;
    const before = Math.floor(row);
    const after = (before + 1) % strip.count;
    const part = row - before;
    const to = curve[before * 2 + (at & 1)]! * (1 - part) + curve[after * 2 + (at & 1)]! * part;
    return value + (share[before]! * (1 - part) + share[after]! * part) * (to - value);
  });
}

/** Where the contour itself lies on the normals, in places. */
function placesOf({ count, points, base, normals, pitch }: ContourStrip): Float32Array {
  const along = (at: number): number => (points[at]! - base[at]!) * normals[at]!;
  return Float32Array.from({ length: count }, (_, row) => (along(row * 2) + along(row * 2 + 1)) / pitch);
}

function columnOf(place: number): number {
  return Math.max(0, Math.min(COLUMNS - 1, Math.round(place + REACH)));
}

/** Where the product leaves the photo, the photo's border is no outline to look for. */
function isOnBorder({ sides }: ContourStrip, row: number, own: number): boolean {
  return sides[row * COLUMNS + Math.min(COLUMNS - 1, columnOf(own) + 1)] === OUT;
}

/** The top of the parabola through an edge and its two neighbours, −0.5…0.5. */
function peakShift(edges: Float32Array, row: number, column: number): number {
  if (column === 0 || column === COLUMNS - 1) return 0;
  const at = row * COLUMNS + column;
  const [before, here, after] = [edges[at - 1]!, edges[at]!, edges[at + 1]!];
  const bend = before - 2 * here + after;
  return bend >= -1e-6 ? 0 : Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)));
}

/** How much of its move each point makes, 0–1: all of it where it is off or unclear, fading out beside. */
function shareOfMove(moved: Float64Array, pitch: number, trust: Float64Array, ownEdge: Float32Array): Float64Array {
  const count = trust.length;
  const away = new Int32Array(count).fill(RAMP);
  for (let row = 0; row < count; row++) {
    const isAsClear = ownEdge[row]! ** 2 > AS_CLEAR * trust[row]!;
    const isOff = Math.hypot(moved[row * 2]!, moved[row * 2 + 1]!) > (isAsClear ? MOVE_CLEAR : MOVE_UNCLEAR) * pitch;
    if (isOff || (trust[row]! < CLEAR_TRUST && ownEdge[row]! < CLEAR_EDGE)) away[row] = 0;
  }
  for (let step = 1; step < 2 * count; step++) away[step % count] = Math.min(away[step % count]!, away[(step - 1) % count]! + 1);
  for (let step = 2 * count - 2; step >= 0; step--) away[step % count] = Math.min(away[step % count]!, away[(step + 1) % count]! + 1);
  return Float64Array.from(away, (distance) => 1 - distance / RAMP);
}
