/**
 * How far the camera looks down, from the underside of the product. A round base shows as an ellipse whose axes stand
 * in the ratio sin(elevation); the two lower edges of a box, at right angles on the floor, show slopes whose product is
 * −sin²(elevation) (orthographic view of two perpendicular directions). The model that fits better decides.
 */
import type { ContactSpan } from './contact-span.ts';
import type { LowerContour } from './lower-contour.ts';

const DEFAULT_DEG = 12;
/** A straight underside: seen from the front at about eye level, or a box seen frontally, which shows no elevation. */
const FLAT_DEG = 8;
const MAX_DEG = 60;
/** Worst mean deviation, share of the span, at which a model still explains the contour. */
const MAX_MISFIT = 0.012;

const REFITS = 4;
/** Share of the columns that an ellipse has to explain. */
const KEPT_SHARE = 0.5;

interface Fit {
  readonly elevationDeg: number;
  /** Root mean square deviation in pixels. */
  readonly misfit: number;
}

/** Degrees, 0..60. */
export function cameraElevation(contour: LowerContour, span: ContactSpan): number {
  const width = span.right - span.left;
  if (width < 24) return DEFAULT_DEG;
  const inset = Math.round(width * 0.06);
  const points = Array.from({ length: width + 1 - 2 * inset }, (_, index) => {
    const x = span.left + inset + index;
    return { x, y: contour.y[x - contour.left] ?? span.y };
  });
  const sag = span.y - Math.min(...points.map(({ y }) => y));
  if (sag < 0.02 * width) return FLAT_DEG;
  const round = fitEllipse(points, (span.left + span.right) / 2, width / 2);
  const box = fitCorner(points);
  const best = box && box.misfit < 0.8 * round.misfit ? box : round;
  return best.misfit <= MAX_MISFIT * width ? Math.min(MAX_DEG, Math.max(2, best.elevationDeg)) : DEFAULT_DEG;
}

type Point = { readonly x: number; readonly y: number };

/** The steep ends of an ellipse lie outside the contact span; how far is found by trying. */
function fitEllipse(points: readonly Point[], center: number, halfSpan: number): Fit {
  const fits = Array.from({ length: 9 }, (_, index) => fitHalfEllipse(points, center, halfSpan * (1 + 0.02 * index)));
  return fits.reduce((best, fit) => (fit.misfit < best.misfit ? fit : best));
}

/**
 * y = c − b·(1 − √(1 − (x/a)²)): lower half of an ellipse, camera held level. What sticks to a mask below (a bit of shadow
 * or reflection) only ever lowers the contour, so columns well below the curve are left out and the rest fitted again.
 */
function fitHalfEllipse(points: readonly Point[], center: number, halfWidth: number): Fit {
  const all = points.map(({ x, y }) => ({ u: 1 - Math.sqrt(Math.max(0, 1 - ((x - center) / halfWidth) ** 2)), y }));
  let rows = all;
  let fit = { slope: 0, offset: 0 };
  for (let round = 0; round < REFITS; round++) {
    fit = fitProportion(rows);
    const below = (row: (typeof all)[number]): number => row.y - fit.offset - fit.slope * row.u;
    const above = all.map(below).filter((residual) => residual <= 0);
    const limit = Math.max(0.5, 2 * Math.sqrt(mean(above.map((residual) => residual ** 2))));
    const kept = all.filter((row) => below(row) <= limit);
    if (kept.length < KEPT_SHARE * all.length) break;
    rows = kept;
  }
  const misfit = Math.sqrt(mean(rows.map(({ u, y }) => (y - fit.offset - fit.slope * u) ** 2)));
  return { elevationDeg: degrees(Math.asin(Math.min(1, Math.max(0, -fit.slope / halfWidth)))), misfit };
}

function fitProportion(rows: readonly { readonly u: number; readonly y: number }[]): { slope: number; offset: number } {
  const { slope } = fitLine(rows.map(({ u, y }) => ({ x: u, y })));
  return { slope, offset: mean(rows.map(({ y }) => y)) - slope * mean(rows.map(({ u }) => u)) };
}

/** Two straight lines that meet below; undefined when they do not look like a corner pointing at the camera. */
function fitCorner(points: readonly Point[]): Fit | undefined {
  let best: (Fit & { readonly slopes: number }) | undefined;
  const step = Math.max(1, Math.round(points.length / 80));
  for (let split = Math.round(points.length * 0.12); split < points.length * 0.88; split += step) {
    const [left, right] = [fitLine(points.slice(0, split)), fitLine(points.slice(split))];
    const misfit = Math.sqrt((left.squares + right.squares) / points.length);
    if (left.slope <= 0.01 || right.slope >= -0.01 || (best && best.misfit <= misfit)) continue;
    const slopes = -left.slope * right.slope;
    best = { misfit, slopes, elevationDeg: degrees(Math.asin(Math.min(1, Math.sqrt(slopes)))) };
  }
  return best;
}

function fitLine(points: readonly Point[]): { slope: number; squares: number } {
  const [mx, my] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  let [xx, xy, yy] = [0, 0, 0];
  for (const { x, y } of points) {
    xx += (x - mx) ** 2;
    xy += (x - mx) * (y - my);
    yy += (y - my) ** 2;
  }
  return { slope: xx === 0 ? 0 : xy / xx, squares: Math.max(0, yy - (xx === 0 ? 0 : (xy * xy) / xx)) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
