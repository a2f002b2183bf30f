/**
 * Upright round plinths with a softly rounded edge, lit by the key light: lit top, shaded barrel, a fine highlight on the
 * rim, contact shadow where one stands on the next. Drawn at full density because the product stands on them in focus.
 */
import type { FractionRect, SetLayer, Stage } from '../set-types.ts';
import type { Linear } from './color.ts';
import { createCastShadow } from './cast-shadow.ts';
import { stillLayer } from './layers.ts';
import { bell, clamp, coverage, lengthOf, mix, smoothstep } from './math.ts';
import { shadeDeep } from './shade-layer.ts';

export interface Plinth {
  /** Middle of the top face. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly height: number;
}

/** `plinths` from the uppermost to the lowest, each standing on the next. */
export function plinthLayer(stage: Stage, plinths: readonly Plinth[], paint: Linear, brightness: number): SetLayer {
  const rect = plinthRect(stage, plinths);
  const edge = 1.4 / stage.size.height;
  const shaders = plinths.map((plinth, index) => plinthShader(stage, plinth, plinths[index - 1], brightness));
  const { tint } = stage.light;
  const picture = shadeDeep(stage, rect, (x, y, out) => {
    let alpha = 0;
    let light = 0;
    for (let i = 0; i < plinths.length && alpha < 1; i++) {
      const covered = coverage(outlineDistance(plinths[i]!, stage.foreshortening, x, y), edge);
      if (covered <= 0) continue;
      const share = (1 - alpha) * covered;
      light += share * shaders[i]!(x, y);
      alpha += share;
    }
    if (alpha > 0) light /= alpha;
    else light = brightness;
    out[0] = paint[0] * light * tint[0];
    out[1] = paint[1] * light * tint[1];
    out[2] = paint[2] * light * tint[2];
    out[3] = alpha;
  }, { density: 1, hasAlpha: true });
  return stillLayer('podium', rect, picture, 1);
}

function plinthRect(stage: Stage, plinths: readonly Plinth[]): FractionRect {
  const margin = 4 / stage.size.height;
  const widest = Math.max(...plinths.map((plinth) => plinth.radius)) + margin;
  const top = Math.min(...plinths.map((plinth) => plinth.y - plinth.radius * stage.foreshortening)) - margin;
  const bottom = Math.min(1.1, Math.max(...plinths.map((plinth) => plinth.y + plinth.height + plinth.radius * stage.foreshortening)) + margin);
  const left = Math.max(-0.12 * stage.aspect, plinths[0]!.x - widest);
  const right = Math.min(1.12 * stage.aspect, plinths[0]!.x + widest);
  return { x: left / stage.aspect, y: top, width: (right - left) / stage.aspect, height: Math.max(0.02, bottom - top) };
}

/** Distance to the outline of top face and barrel together, negative inside; exact enough within a few pixels. */
function outlineDistance({ x: centerX, y: centerY, radius, height }: Plinth, flatness: number, x: number, y: number): number {
  const dx = x - centerX;
  const nearest = clamp(y, centerY, centerY + height);
  const dy = (y - nearest) / flatness;
  const length = lengthOf(dx, dy);
  const gradient = length === 0 ? 1 : lengthOf(dx / length, dy / length / flatness);
  return (length - radius) / gradient;
}

function plinthShader(stage: Stage, plinth: Plinth, upper: Plinth | undefined, brightness: number): (x: number, y: number) => number {
  const { light, foreshortening: flatness } = stage;
  const { x: centerX, y: centerY, radius, height } = plinth;
  const front = 0.6;
  const norm = lengthOf(light.right, front);
  const shadow = upper ? createCastShadow(stage, { x: upper.x, y: upper.y + upper.height, radius: upper.radius, height: upper.height }, 0.45) : () => 1;
  const bevel = Math.min(0.006, height * 0.12);
  const edge = 1.4 / stage.size.height;
  const top = brightness * 1.06;
  return (x, y) => {
    const across = clamp((x - centerX) / radius, -1, 1);
    const rim = centerY + flatness * radius * Math.sqrt(1 - across * across);
    const belowRim = y - rim;
    const depthways = clamp((y - centerY) / (radius * flatness), -1, 1);
    const face = top * (1 + 0.07 * light.right * across - 0.06 * depthways * light.up) * shadow(x, y);
    if (belowRim < -edge) return face;
    const facing = Math.max(0, (across * light.right + Math.sqrt(1 - across * across) * front) / norm);
    const down = clamp(belowRim / height, 0, 1);
    const ambient = 0.24 + 0.1 * down;
    const occlusion = 1 - 0.35 * smoothstep(0.75, 1, down) - 0.12 * down;
    const grazing = 1 - 0.25 * Math.abs(across) ** 4;
    const barrel = brightness * (ambient + 0.66 * facing ** 1.6) * occlusion * grazing;
    const highlight = top * 0.16 * facing * bell((belowRim - bevel * 0.6) / (bevel * 0.7));
    return mix(face, barrel + highlight, smoothstep(-edge, bevel, belowRim));
  };
}
