/** Colours as `#rrggbb` text and as 8-bit sRGB triples. */

/** sRGB, each channel 0..255 (whole after `parseHex`; `formatHex` rounds and clamps). */
export interface Rgb {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** Reads `#rrggbb` or `#rgb`, any case. Throws a RangeError for anything else. */
export function parseHex(hex: string): Rgb {
  const digits = /^#([0-9a-f]{6})$/i.exec(hex)?.[1] ?? expandShort(hex);
  const value = Number.parseInt(digits, 16);
  return { red: (value >> 16) & 255, green: (value >> 8) & 255, blue: value & 255 };
}

function expandShort(hex: string): string {
  const short = /^#([0-9a-f]{3})$/i.exec(hex)?.[1];
  if (short === undefined) throw new RangeError(`A colour is written #rrggbb, not ${JSON.stringify(hex)}`);
  return [...short].map((digit) => digit + digit).join('');
}

/** Writes `#rrggbb` in lower case. */
export function formatHex(color: Rgb): string {
  return `#${byte(color.red)}${byte(color.green)}${byte(color.blue)}`;
}

function byte(value: number): string {
  return Math.min(255, Math.max(0, Math.round(value))).toString(16).padStart(2, '0');
}
