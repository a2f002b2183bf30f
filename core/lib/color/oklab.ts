/**
 * OKLab and OKLCH (Björn Ottosson, "A perceptual color space for image processing", 2020; public-domain matrices):
 * equal steps look about equal, so palettes are built and compared here and nowhere else.
 */
import { formatHex, parseHex, type Rgb } from './hex.ts';
import { linearFromSrgb, srgbFromLinear } from './srgb.ts';

/** `lightness` 0..1; `a` (green–red) and `b` (blue–yellow) about −0.4..0.4. */
export interface Oklab {
  readonly lightness: number;
  readonly a: number;
  readonly b: number;
}

/** The same in polar form: `chroma` 0..about 0.37 in sRGB, `hueDeg` 0..360. */
export interface Oklch {
  readonly lightness: number;
  readonly chroma: number;
  readonly hueDeg: number;
}

/** OKLab of a `#rrggbb` colour. */
export function oklabFromHex(hex: string): Oklab {
  const { red, green, blue } = parseHex(hex);
  const [lightness, a, b] = oklabOfLinear(linearFromSrgb(red / 255), linearFromSrgb(green / 255), linearFromSrgb(blue / 255));
  return { lightness, a, b };
}

/** OKLab lightness, a, b of linear sRGB (1 = white; more is allowed). */
export function oklabOfLinear(red: number, green: number, blue: number): readonly [lightness: number, a: number, b: number] {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** Linear sRGB of an OKLab colour; channels outside 0..1 when sRGB cannot show it. */
export function linearOfOklab(lightness: number, a: number, b: number): readonly [red: number, green: number, blue: number] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** Nearest `#rrggbb` of the same lightness and hue: colours outside sRGB lose chroma, never hue. */
export function hexFromOklab(color: Oklab): string {
  return hexFromOklch(oklchFromOklab(color));
}

/** OKLCH of a `#rrggbb` colour. */
export function oklchFromHex(hex: string): Oklch {
  return oklchFromOklab(oklabFromHex(hex));
}

/** Nearest `#rrggbb` of the same lightness and hue; chroma shrinks until it fits sRGB. */
export function hexFromOklch(color: Oklch): string {
  const lightness = Math.min(1, Math.max(0, color.lightness));
  const direct = linearFromOklab(oklabFromOklch({ ...color, lightness }));
  if (isInGamut(direct)) return formatHex(encode(direct));
  let inside = 0;
  let outside = color.chroma;
  for (let step = 0; step < 20; step++) {
    const chroma = (inside + outside) / 2;
    if (isInGamut(linearFromOklab(oklabFromOklch({ ...color, lightness, chroma })))) inside = chroma;
    else outside = chroma;
  }
  return formatHex(encode(linearFromOklab(oklabFromOklch({ ...color, lightness, chroma: inside }))));
}

/** Cartesian to polar. The hue of a grey is 0. */
export function oklchFromOklab(color: Oklab): Oklch {
  const chroma = Math.hypot(color.a, color.b);
  const degrees = chroma < 1e-4 ? 0 : (Math.atan2(color.b, color.a) * 180) / Math.PI;
  return { lightness: color.lightness, chroma, hueDeg: (degrees + 360) % 360 };
}

/** Polar to Cartesian. */
export function oklabFromOklch(color: Oklch): Oklab {
  const hue = (color.hueDeg * Math.PI) / 180;
  return { lightness: color.lightness, a: color.chroma * Math.cos(hue), b: color.chroma * Math.sin(hue) };
}

/** Distance of two `#rrggbb` colours in OKLab; about 0.02 is just noticeable, 0.2 is another colour. */
export function colorDistance(left: string, right: string): number {
  const p = oklabFromHex(left);
  const q = oklabFromHex(right);
  return Math.hypot(p.lightness - q.lightness, p.a - q.a, p.b - q.b);
}

function linearFromOklab(color: Oklab): Rgb {
  const [red, green, blue] = linearOfOklab(color.lightness, color.a, color.b);
  return { red, green, blue };
}

function isInGamut(linear: Rgb): boolean {
  return [linear.red, linear.green, linear.blue].every((value) => value >= -1e-4 && value <= 1 + 1e-4);
}

function encode(linear: Rgb): Rgb {
  const channel = (value: number): number => 255 * srgbFromLinear(Math.min(1, Math.max(0, value)));
  return { red: channel(linear.red), green: channel(linear.green), blue: channel(linear.blue) };
}
