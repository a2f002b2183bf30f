/** Paints a soft plane into an empty raster. All sums are whole numbers: the loop over pixels is the dearest part of a caption. */
import type { Raster } from '#engine/compositing/raster.ts';
import type { Rgba } from './color.ts';
import type { SoftPlane } from './soft-plane.ts';

/** An interpolated alpha (0..255) has this many bits behind the point. */
const BITS = 20;
const HALF = 1 << (BITS - 1);

interface Paint {
  readonly rgb: number;
  /** Level of full strength. */
  readonly most: number;
  /** Between these levels lies dither: the strong middle and the last faint one must not sparkle. */
  readonly faint: number;
  readonly strong: number;
}

/** One colour, as strong as the plane says times `gain`; with dither, wide soft edges do not band. */
export function fillSoft({ width, height, data }: Raster, plane: SoftPlane, color: Rgba, gain: number, isDithered: boolean): void {
  const most = Math.round(color.a * 255 * 2 ** BITS);
  const paint: Paint = { rgb: color.r | (color.g << 8) | (color.b << 16), most, faint: isDithered ? Math.round(0.004 * most) : most, strong: isDithered ? Math.round(0.999 * most) : 0 };
  const scale = (most * gain) / plane.full / (2 * plane.cell);
  const levels = new Int32Array(plane.columns);
  // Red is the lowest byte: every processor that we run on is little-endian.
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  for (let y = 0; y < height; y++) {
    mixRows(plane, (2 * y + 1) / (2 * plane.cell) + 0.5, scale, levels);
    fillRow(pixels.subarray(y * width, (y + 1) * width), y, levels, plane.cell, paint);
  }
}

function fillRow(pixels: Uint32Array, y: number, levels: Int32Array, cell: number, { rgb, most, faint, strong }: Paint): void {
  // Middles of pixels and of cells lie on half pixels, of which a cell has this many.
  const steps = 2 * cell;
  for (let x = 0, column = 0, part = cell + 1; x < pixels.length; x++, part += 2) {
    if (part >= steps) {
      part -= steps;
      column++;
    }
    const level = (levels[column] as number) * (steps - part) + (levels[column + 1] as number) * part;
    if (level <= 0) continue;
    const alpha = (Math.min(level, most) + (level >= faint && level <= strong ? noiseAt(x, y) : HALF)) >> BITS;
    pixels[x] = rgb | (alpha << 24);
  }
}

/** The plane between two of its rows. */
function mixRows({ columns, values }: SoftPlane, row: number, scale: number, to: Int32Array): void {
  const above = Math.floor(row) * columns;
  const part = row - Math.floor(row);
  for (let column = 0; column < columns; column++) {
    to[column] = Math.round(((values[above + column] as number) * (1 - part) + (values[above + columns + column] as number) * part) * scale);
  }
}

/** A repeatable level of noise, 0 ≤ noise < 1 with `BITS` behind the point. */
function noiseAt(x: number, y: number): number {
  const hash = Math.imul(Math.imul(x, 374_761_393) + Math.imul(y, 668_265_263), 1_274_126_177);
  return (hash ^ (hash >>> 13)) >>> (32 - BITS);
}
