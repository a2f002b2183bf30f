/** CIELAB (CIE 15:2018) of sRGB colours, white point D65. */
import { linearFromSrgb } from './srgb.ts';

/** L* 0..100, a*, b*. */
export type Lab = readonly [lightness: number, a: number, b: number];

const LINEAR_OF_CODE = Float64Array.from({ length: 256 }, (_, code) => linearFromSrgb(code / 255));

/** Of encoded channels 0..1. */
export function labOfRgb(red: number, green: number, blue: number): Lab {
  return labOfLinear(linearFromSrgb(red), linearFromSrgb(green), linearFromSrgb(blue));
}

/** Of 8-bit channels, whole numbers 0..255; by table, for whole pictures. */
export function labOfRgb8(red: number, green: number, blue: number): Lab {
  return labOfLinear(LINEAR_OF_CODE[red] as number, LINEAR_OF_CODE[green] as number, LINEAR_OF_CODE[blue] as number);
}

function labOfLinear(r: number, g: number, b: number): Lab {
  const x = curve((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = curve(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = curve((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function curve(value: number): number {
  return value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116;
}
