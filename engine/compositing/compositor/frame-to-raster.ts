/**
 * A finished BT.709 limited-range 4:2:0 frame as RGBA, for stills and tests. Chroma is interpolated from the four nearest
 * samples (sited in the middle of each 2x2 block, as the compositor writes it).
 */
import type { Size } from '#core/project/ratio.ts';
import type { Raster } from '../raster.ts';

/** `frame`: Y, U, V planes without padding; both sides even. */
export function frameToRaster(frame: Uint8Array, { width, height }: Size): Raster {
  const data = new Uint8Array(width * height * 4);
  const half = { width: width / 2, height: height / 2 };
  const u = frame.subarray(width * height, (width * height * 5) / 4);
  const v = frame.subarray((width * height * 5) / 4);
  const blue = new Float32Array(width);
  const red = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    stretchRow(u, half, y, blue);
    stretchRow(v, half, y, red);
    for (let x = 0; x < width; x++) {
      const luma = ((frame[y * width + x] as number) - 16) * (255 / 219);
      const cb = (blue[x] as number) * (255 / 224);
      const cr = (red[x] as number) * (255 / 224);
      const at = (y * width + x) * 4;
      data[at] = toByte(luma + 1.5748 * cr);
      data[at + 1] = toByte(luma - 0.187324 * cb - 0.468124 * cr);
      data[at + 2] = toByte(luma + 1.8556 * cb);
      data[at + 3] = 255;
    }
  }
  return { width, height, data };
}

/** One canvas row of a chroma plane, relative to 128. */
function stretchRow(plane: Uint8Array, { width, height }: Size, y: number, out: Float32Array): void {
  const near = y >> 1;
  const far = Math.min(height - 1, Math.max(0, near + (y & 1 ? 1 : -1)));
  for (let x = 0; x < out.length; x++) {
    const column = x >> 1;
    const beside = Math.min(width - 1, Math.max(0, column + (x & 1 ? 1 : -1)));
    const here = 3 * (plane[near * width + column] as number) + (plane[near * width + beside] as number);
    const there = 3 * (plane[far * width + column] as number) + (plane[far * width + beside] as number);
    out[x] = (3 * here + there) / 16 - 128;
  }
}

function toByte(value: number): number {
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.round(value);
}
