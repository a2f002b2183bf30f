/** Colours of backgrounds and products for the generated test photos, in linear light. */
import { smoothStep, type Light, type Paint } from './render-photo.ts';

/** sRGB hex → linear light. */
export function light(hex: string): Light {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

export function scale(colour: Light, factor: number): Light {
  return [colour[0] * factor, colour[1] * factor, colour[2] * factor];
}

export function blend(from: Light, to: Light, amount: number): Light {
  return [from[0] + (to[0] - from[0]) * amount, from[1] + (to[1] - from[1]) * amount, from[2] + (to[2] - from[2]) * amount];
}

/** A seamless sweep: brighter towards one side, a little darker in the corners. */
export function sweep(hex: string, tilt = 0.15): Paint {
  const colour = light(hex);
  return (x, y) => scale(colour, 1 + tilt * (0.5 - y) + 0.4 * tilt * (x - 0.5) - 0.12 * ((x - 0.5) ** 2 + (y - 0.5) ** 2));
}

export function gradient(topHex: string, bottomHex: string): Paint {
  const [top, bottom] = [light(topHex), light(bottomHex)];
  return (_x, y) => blend(top, bottom, smoothStep(y / 1.3));
}

/** Wall above, table below. */
export function horizon(wallHex: string, tableHex: string, atY: number, softness: number): Paint {
  const [wall, table] = [sweep(wallHex), sweep(tableHex)];
  return (x, y, d) => blend(wall(x, y, d), table(x, y, d), smoothStep(0.5 + (y - atY) / softness));
}

/** Planks with grain and dark joints. */
export function wood(hex: string): Paint {
  const colour = light(hex);
  return (x, y) => {
    const plank = Math.floor(y / 0.17);
    const grain = valueNoise(x * 6 + plank * 17, y * 70, 3) * 0.5 + valueNoise(x * 22 + plank * 5, y * 160, 5) * 0.3;
    const joint = Math.abs(y / 0.17 - plank - 0.5) > 0.485 ? 0.55 : 1;
    return scale(colour, joint * (0.72 + 0.45 * grain + 0.12 * valueNoise(plank * 3.7, 1, 9)));
  };
}

/** Cloth or plaster: fine irregular texture. */
export function plaster(hex: string, strength: number): Paint {
  const colour = light(hex);
  return (x, y) => scale(colour, 1 + strength * (valueNoise(x * 12, y * 12, 1) + 0.7 * valueNoise(x * 45, y * 45, 2) + 0.5 * valueNoise(x * 120, y * 120, 4) - 1.1));
}

/** A matt surface, brighter on the lit side, darker towards the outline. */
export function matte(hex: string, centreX: number, halfWidth: number): Paint {
  const colour = light(hex);
  return (x) => {
    const across = (x - centreX) / halfWidth;
    return scale(colour, 0.62 + 0.4 * Math.sqrt(Math.max(0, 1 - (0.5 * across + 0.25) ** 2)) - 0.12 * across);
  };
}

/** A glossy surface: matte and two strips of light. */
export function glossy(hex: string, centreX: number, halfWidth: number): Paint {
  const base = matte(hex, centreX, halfWidth);
  return (x, y, d) => {
    const across = (x - centreX) / halfWidth;
    const strip = 0.75 * Math.exp(-(((across + 0.55) / 0.1) ** 2)) + 0.4 * Math.exp(-(((across - 0.6) / 0.06) ** 2));
    return blend(base(x, y, d), [1, 1, 1], strip);
  };
}

/** Mirror-like metal: bands of the surroundings. */
export function metal(centreX: number, halfWidth: number): Paint {
  return (x) => {
    const across = (x - centreX) / halfWidth;
    const level = 0.45 + 0.35 * Math.sin(across * 6.5 + 0.6) + 0.15 * Math.sin(across * 17);
    return [level, level, level * 1.02];
  };
}

/** A label with bars of print on it, over any paint. */
export function printed(under: Paint, box: { x: number; y: number; halfWidth: number; halfHeight: number }, paperHex: string, inkHex: string): Paint {
  const [paper, ink] = [light(paperHex), light(inkHex)];
  return (x, y, d) => {
    const u = (x - box.x) / box.halfWidth;
    const v = (y - box.y) / box.halfHeight;
    if (Math.abs(u) > 1 || Math.abs(v) > 1) return under(x, y, d);
    const isInk = Math.abs(u) < 0.75 && Math.abs(v) < 0.8 && Math.abs(((v + 1) * 2.5) % 1 - 0.5) < 0.22 && Math.sin(u * 31 + Math.floor((v + 1) * 2.5) * 2) > -0.45;
    return scale(isInk ? ink : paper, 0.95 - 0.18 * u);
  };
}

/** Smooth noise in 0–1 with one feature per unit. */
export function valueNoise(x: number, y: number, seed: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [smoothStep(x - column), smoothStep(y - row)];
  const top = lattice(column, row, seed) * (1 - u) + lattice(column + 1, row, seed) * u;
  const bottom = lattice(column, row + 1, seed) * (1 - u) + lattice(column + 1, row + 1, seed) * u;
  return top * (1 - v) + bottom * v;
}

function lattice(column: number, row: number, seed: number): number {
  let hash = Math.imul(column, 0x27d4eb2d) ^ Math.imul(row, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296;
}
