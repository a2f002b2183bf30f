/** CIEDE2000 colour difference (ISO/CIE 11664-6:2014) between sRGB colours, for picking and checking flat colours. */
import { linearFromSrgb } from '#core/lib/color/srgb.ts';

export type Rgb = readonly [number, number, number];
type Lab = readonly [number, number, number];

const RADIANS = Math.PI / 180;
const POW7_OF_25 = 25 ** 7;

/** sRGB channels 0..1 to CIELAB (D65). */
export function labFromRgb(rgb: Rgb): Lab {
  const [r, g, b] = [linearFromSrgb(rgb[0]), linearFromSrgb(rgb[1]), linearFromSrgb(rgb[2])];
  const x = curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = curve(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = curve((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function curve(value: number): number {
  return value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116;
}

/** CIEDE2000 of two CIELAB colours, all weights 1. */
export function deltaE2000(first: Lab, second: Lab): number {
  const boost = chromaBoost((Math.hypot(first[1], first[2]) + Math.hypot(second[1], second[2])) / 2);
  const a = polar(first, boost);
  const b = polar(second, boost);
  const lightness = (a.lightness + b.lightness) / 2;
  const chroma = (a.chroma + b.chroma) / 2;
  const isGrey = a.chroma * b.chroma === 0;
  const hueStep = isGrey ? 0 : wrapHue(b.hue - a.hue);
  const hue = isGrey ? a.hue + b.hue : a.hue + hueStep / 2;
  const lift = (lightness - 50) ** 2;
  const lightnessTerm = (b.lightness - a.lightness) / (1 + (0.015 * lift) / Math.sqrt(20 + lift));
  const chromaTerm = (b.chroma - a.chroma) / (1 + 0.045 * chroma);
  const hueTerm = (2 * Math.sqrt(a.chroma * b.chroma) * Math.sin((hueStep / 2) * RADIANS)) / (1 + 0.015 * chroma * hueWeight(hue));
  return Math.sqrt(lightnessTerm ** 2 + chromaTerm ** 2 + hueTerm ** 2 + rotation(chroma, hue) * chromaTerm * hueTerm);
}

function chromaBoost(meanChroma: number): number {
  const power = meanChroma ** 7;
  return 1 + 0.5 * (1 - Math.sqrt(power / (power + POW7_OF_25)));
}

function polar(lab: Lab, boost: number): { lightness: number; chroma: number; hue: number } {
  const a = lab[1] * boost;
  const hue = a === 0 && lab[2] === 0 ? 0 : Math.atan2(lab[2], a) / RADIANS;
  return { lightness: lab[0], chroma: Math.hypot(a, lab[2]), hue: hue < 0 ? hue + 360 : hue };
}

function wrapHue(step: number): number {
  if (step > 180) return step - 360;
  return step < -180 ? step + 360 : step;
}

function hueWeight(hue: number): number {
  const cosine = (degrees: number): number => Math.cos(degrees * RADIANS);
  return 1 - 0.17 * cosine(hue - 30) + 0.24 * cosine(2 * hue) + 0.32 * cosine(3 * hue + 6) - 0.2 * cosine(4 * hue - 63);
}

function rotation(chroma: number, hue: number): number {
  const wrapped = ((hue % 360) + 360) % 360;
  const power = chroma ** 7;
  const turn = 30 * Math.exp(-(((wrapped - 275) / 25) ** 2));
  return -2 * Math.sqrt(power / (power + POW7_OF_25)) * Math.sin(2 * turn * RADIANS);
}
