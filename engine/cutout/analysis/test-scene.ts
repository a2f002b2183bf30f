/**
 * Photos with a known truth for the analysis tests: a can or a box on a lit floor, seen orthographically from a known
 * height, with the shadow that a light of known direction and softness would cast.
 */
import { createRandom } from '#core/lib/random.ts';
import { srgbFromLinear } from '#core/lib/color/srgb.ts';
import type { Raster } from '#engine/compositing/raster.ts';
import type { Mask } from '../codec.ts';
import { smoothBlur } from './box-blur.ts';

export interface TestScene {
  readonly shape: 'can' | 'box';
  readonly cameraElevationDeg: number;
  /** Floor direction that the shadow falls in: 0 = right, 90 = away from the camera. Missing: no shadow. */
  readonly shadowDeg?: number;
  readonly lightElevationDeg?: number;
  /** Blur of the shadow's edge in pixels. */
  readonly penumbra?: number;
  /** 0..1 */
  readonly darkness?: number;
  /** Amplitude of a texture on the background, share of its luminance. */
  readonly texture?: number;
  /** Standard deviation of the noise, 8-bit levels. */
  readonly noise?: number;
  /** Linear colour of the background. */
  readonly background?: readonly [number, number, number];
}

export interface RenderedScene {
  readonly photo: Raster;
  readonly mask: Mask;
  /** The darkness that was laid on the floor, 0..1. */
  readonly shadow: Float32Array;
}

export const SCENE = { width: 384, height: 320, baseX: 176, baseY: 240, radius: 48, tall: 136 } as const;

type Point = readonly [number, number];

export function renderTestScene(scene: TestScene): RenderedScene {
  const { width, height } = SCENE;
  const random = createRandom(7, 'scene');
  const alpha = coverage(scene);
  const shadow = scene.shadowDeg === undefined ? new Float32Array(width * height) : castShadow(scene, scene.shadowDeg);
  const data = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const gradient = 1 + 0.12 * (y / height - 0.5) - 0.1 * (x / width - 0.5) ** 2;
    const texture = 1 + (scene.texture ?? 0) * Math.sin(x * 0.35) * Math.sin(y * 0.41);
    const noise = (scene.noise ?? 0) * Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    const product = [0.6, 0.12, 0.08].map((value) => value * (1.1 - (0.5 * Math.abs(x - SCENE.baseX)) / SCENE.radius));
    for (const channel of [0, 1, 2] as const) {
      const floor = (scene.background ?? [0.7, 0.7, 0.7])[channel] * gradient * texture * (1 - (shadow[at] ?? 0));
      const mixed = (alpha[at] ?? 0) * (product[channel] ?? 0) + (1 - (alpha[at] ?? 0)) * floor;
      data[at * 4 + channel] = Math.min(255, Math.max(0, Math.round(255 * srgbFromLinear(Math.min(1, Math.max(0, mixed))) + noise)));
    }
    data[at * 4 + 3] = 255;
  }
  return { photo: { width, height, data }, mask: { width, height, data: Uint8Array.from(alpha, (value) => Math.round(255 * value)) }, shadow };
}

function coverage(scene: TestScene): Float32Array {
  const isInside = scene.shape === 'can' ? canTest(scene.cameraElevationDeg) : boxTest(scene.cameraElevationDeg);
  const offsets = [0.125, 0.375, 0.625, 0.875];
  return Float32Array.from({ length: SCENE.width * SCENE.height }, (_, at) => {
    const [x, y] = [at % SCENE.width, Math.floor(at / SCENE.width)];
    let hits = 0;
    for (const dx of offsets) for (const dy of offsets) if (isInside(x + dx, y + dy)) hits++;
    return hits / 16;
  });
}

function canTest(elevationDeg: number): (x: number, y: number) => boolean {
  const squash = Math.sin(radians(elevationDeg));
  const top = SCENE.baseY - SCENE.tall * Math.cos(radians(elevationDeg));
  return (x, y) => {
    const u = (x - SCENE.baseX) / SCENE.radius;
    if (Math.abs(u) > 1) return false;
    const sag = SCENE.radius * squash * Math.sqrt(1 - u * u);
    return y <= SCENE.baseY + sag && y >= top - sag;
  };
}

/** A square box turned by 30°: the convex hull of its projected corners. */
function boxTest(elevationDeg: number): (x: number, y: number) => boolean {
  const corners: Point[] = boxCorners().flatMap(([right, away]) =>
    [0, SCENE.tall].map((up): Point => [SCENE.baseX + right, SCENE.baseY - away * Math.sin(radians(elevationDeg)) - up * Math.cos(radians(elevationDeg))]),
  );
  return insideHull(corners);
}

function boxCorners(): Point[] {
  return [30, 120, 210, 300].map((turn): Point => [Math.SQRT2 * SCENE.radius * Math.cos(radians(turn + 45)), Math.SQRT2 * SCENE.radius * Math.sin(radians(turn + 45))]);
}

/** The footprint swept along the floor as far as the product is tall over tan(light elevation). */
function castShadow(scene: TestScene, shadowDeg: number): Float32Array {
  const squash = Math.sin(radians(scene.cameraElevationDeg));
  const length = SCENE.tall / Math.tan(radians(scene.lightElevationDeg ?? 45));
  const end: Point = [length * Math.cos(radians(shadowDeg)), length * Math.sin(radians(shadowDeg))];
  const isShaded = scene.shape === 'can' ? nearSegment(end, SCENE.radius) : insideHull(boxCorners().flatMap(([x, y]): Point[] => [[x, y], [x + end[0], y + end[1]]]));
  const hard = Float32Array.from({ length: SCENE.width * SCENE.height }, (_, at) => {
    const [x, y] = [at % SCENE.width, Math.floor(at / SCENE.width)];
    return isShaded(x - SCENE.baseX, (SCENE.baseY - y) / squash) ? (scene.darkness ?? 0.5) : 0;
  });
  return smoothBlur(hard, SCENE.width, SCENE.height, scene.penumbra ?? 4);
}

function nearSegment(end: Point, radius: number): (x: number, y: number) => boolean {
  const squared = end[0] ** 2 + end[1] ** 2;
  return (x, y) => {
    const along = Math.min(1, Math.max(0, (x * end[0] + y * end[1]) / squared));
    return Math.hypot(x - along * end[0], y - along * end[1]) <= radius;
  };
}

function insideHull(points: readonly Point[]): (x: number, y: number) => boolean {
  const sorted = [...points].sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const half = (list: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of list) {
      while (chain.length > 1 && turn(chain.at(-2) as Point, chain.at(-1) as Point, point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  const hull = [...half(sorted), ...half([...sorted].reverse())];
  return (x, y) => hull.every((from, index) => turn(from, hull[(index + 1) % hull.length] as Point, [x, y]) >= 0);
}

function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
