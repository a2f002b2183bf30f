/**
 * Shapes in front of a studio light: 1 where light passes, 0 in their shadow. They are drawn on the wall, leaning with
 * the light's direction, and bend where the wall becomes floor.
 */
import type { Random } from '#core/lib/random.ts';
import type { Stage } from '../set-types.ts';
import { calmUnderWords } from './clear-of-words.ts';
import { blurField, createField, fillPolygon, sampleField, type Field, type Point } from './field.ts';
import { fullRect } from './layers.ts';
import { coverage, mix, smoothstep } from './math.ts';
import { createNoise, fractal } from './noise.ts';

export const GOBO_PATTERNS = ['blinds', 'panes', 'palm', 'branches'] as const;
export type GoboPattern = (typeof GOBO_PATTERNS)[number];
type Mask = (x: number, y: number) => number;

/** Share by which a pattern gives way to words. */
const CALM = 0.75;

/** The pattern of a kind; under words it gives way to even light among leaves, to even shade beside a window. */
export function createGoboPattern(stage: Stage, kind: GoboPattern, random: Random): Mask {
  const pattern = createPattern(stage, kind, random);
  const calm = calmUnderWords(stage);
  const even = kind === 'palm' || kind === 'branches' ? 1 : 0;
  return stage.words ? (x, y) => mix(pattern(x, y), even, CALM * calm(x, y)) : pattern;
}

function createPattern(stage: Stage, kind: GoboPattern, random: Random): Mask {
  const penumbra = mix(0.008, 0.03, stage.light.softness);
  const mask = kind === 'blinds' ? blinds(stage, random, penumbra) : kind === 'panes' ? panes(stage, random, penumbra) : leaves(stage, random, kind, penumbra);
  return bendAtFloor(stage, mask);
}

/** Light that runs down the wall turns towards the camera where it meets the floor. */
function bendAtFloor(stage: Stage, mask: Mask): Mask {
  const lean = -stage.light.right * 0.9;
  return (x, y) => {
    const past = y - stage.horizon;
    if (past <= -0.06) return mask(x, y);
    const bend = past >= 0.06 ? past : (past + 0.06) ** 2 / 0.24;
    return mask(x - bend * lean, y - bend * 0.25);
  };
}

/** Coordinates of a window's light, which leans away from the key light; v runs down, both in canvas heights. */
function windowFrame(stage: Stage, random: Random): { u: Mask; v: Mask; width: number; height: number } {
  const side = stage.light.right >= 0 ? 1 : -1;
  const centerX = stage.product.x + side * random.between(-0.02, 0.1) * stage.aspect;
  const centerY = stage.product.y - stage.product.height * 0.62;
  const tilt = side * random.between(0.22, 0.42);
  const shear = side * random.between(0.1, 0.3);
  return {
    u: (x, y) => x - centerX + shear * (y - centerY),
    v: (x, y) => y - centerY - tilt * (x - centerX),
    width: Math.max(Math.min(stage.aspect * 0.92, 0.85), stage.aspect * 0.64) * random.between(0.9, 1.05),
    height: random.between(0.72, 0.9),
  };
}

function blinds(stage: Stage, random: Random, penumbra: number): Mask {
  const frame = windowFrame(stage, random);
  const pitch = random.between(0.062, 0.088);
  const open = random.between(0.5, 0.62);
  return (x, y) => {
    const u = frame.u(x, y);
    const v = frame.v(x, y);
    const blur = penumbra * (1 + 0.8 * smoothstep(-0.4, 0.5, v));
    const phase = v / pitch - Math.floor(v / pitch);
    const slat = coverage((Math.abs(phase - 0.5) - open / 2) * pitch, blur * 1.6);
    const cord = 1 - 0.6 * coverage(Math.abs(Math.abs(u) - frame.width * 0.27) - 0.003, blur);
    return slat * cord * coverage(Math.abs(u) - frame.width / 2, blur * 2) * coverage(Math.abs(v) - frame.height / 2, blur * 3);
  };
}

function panes(stage: Stage, random: Random, penumbra: number): Mask {
  const frame = windowFrame(stage, random);
  const columns = random.pick([2, 2, 3]) + (stage.aspect > 1.4 ? 1 : 0);
  const rows = random.pick([3, 4]);
  const bar = random.between(0.012, 0.018);
  const stretch = random.between(0.9, 1.15);
  return (x, y) => {
    const u = frame.u(x, y) / stretch;
    const v = frame.v(x, y);
    const blur = penumbra * (1 + 0.9 * smoothstep(-0.4, 0.5, v));
    const toBar = (value: number, span: number, count: number): number => {
      const cell = span / count;
      const within = (value + span / 2) / cell;
      return bar - Math.abs(within - Math.round(within)) * cell;
    };
    const light = coverage(toBar(u, frame.width, columns), blur) * coverage(toBar(v, frame.height, rows), blur);
    return light * coverage(Math.abs(u) - frame.width / 2, blur) * coverage(Math.abs(v) - frame.height / 2, blur);
  };
}

function leaves(stage: Stage, random: Random, kind: 'palm' | 'branches', penumbra: number): Mask {
  const field = createField(stage, fullRect(0.16), 1 / 6);
  const side = stage.light.right >= 0 ? 1 : -1;
  if (kind === 'palm') drawPalms(field, stage, random, side);
  else drawBranches(field, stage, random, side);
  blurField(field, penumbra * 0.8);
  const noise = createNoise(random.fork('dapple'));
  return (x, y) => (1 - 0.92 * sampleField(field, x, y)) * (0.93 + 0.07 * fractal(noise, x * 2.2, y * 2.2, 2));
}

function drawPalms(field: Field, stage: Stage, random: Random, side: number): void {
  const count = 2 + random.below(2);
  for (let i = 0; i < count; i++) {
    const rootX = stage.aspect * (0.5 + side * random.between(0.5, 0.72));
    const rootY = random.between(-0.16, 0.02) + (i * 0.62) / count;
    const heading = Math.atan2(random.between(-0.1, 0.6), -side);
    drawFrond(field, random, [rootX, rootY], heading, random.between(0.5, 0.72) * Math.max(0.75, Math.min(stage.aspect, 1.2)), side);
  }
}

/** A bent stem with pairs of narrow leaflets that shorten towards the tip. */
function drawFrond(field: Field, random: Random, root: Point, heading: number, length: number, side: number): void {
  const droop = side * random.between(-0.9, -0.4);
  const pairs = 13;
  let [x, y] = root;
  for (let i = 1; i <= pairs; i++) {
    const t = i / pairs;
    const angle = heading + droop * t * t;
    x += (Math.cos(angle) * length) / pairs;
    y += (Math.sin(angle) * length) / pairs;
    const size = length * 0.42 * Math.sin(Math.PI * Math.min(0.96, 0.16 + 0.84 * t)) ** 0.7 * random.between(0.9, 1.08);
    for (const hand of [-1, 1]) drawLeaf(field, x, y, angle + hand * mix(1.15, 0.45, t), size, size * 0.062);
  }
}

function drawBranches(field: Field, stage: Stage, random: Random, side: number): void {
  for (let branch = 0; branch < 5; branch++) {
    let x = stage.aspect * (0.5 + side * random.between(0.45, 0.7));
    let y = random.between(-0.15, 0.55);
    let angle = Math.atan2(random.between(-0.35, 0.5), -side);
    const steps = 10 + random.below(5);
    for (let i = 0; i < steps; i++) {
      angle += random.between(-0.22, 0.22);
      const stride = random.between(0.045, 0.065);
      const next: Point = [x + Math.cos(angle) * stride, y + Math.sin(angle) * stride];
      drawLeaf(field, x, y, angle, stride * 1.1, 0.003);
      [x, y] = next;
      const size = random.between(0.06, 0.105);
      drawLeaf(field, x, y, angle + random.between(0.5, 1.1) * (i % 2 ? 1 : -1), size, size * 0.23);
    }
  }
}

/** A pointed leaf from its stalk outwards. */
function drawLeaf(field: Field, x: number, y: number, angle: number, length: number, halfWidth: number): void {
  const points: Point[] = [];
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const outline = 7;
  for (let i = 0; i < outline * 2; i++) {
    const t = i < outline ? i / outline : (outline * 2 - i) / outline;
    const across = (i < outline ? 1 : -1) * halfWidth * Math.sin(Math.PI * Math.pow(t, 0.8));
    points.push([x + cos * t * length - sin * across, y + sin * t * length + cos * across]);
  }
  fillPolygon(field, points);
}
