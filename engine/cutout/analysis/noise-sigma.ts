/**
 * Noise of a photo on its flat parts: the spread of a Laplacian difference (Immerkær, "Fast noise variance estimation",
 * 1996) in small blocks, of which the calmer third counts, since texture only ever adds. The mask does not matter.
 */
import type { Raster } from '#engine/compositing/raster.ts';

const BLOCK = 12;
const MAX_BLOCKS = 3000;
/** √(π/2) / 6: mean absolute response of the kernel → standard deviation of the noise. */
const RESPONSE_TO_SIGMA = Math.sqrt(Math.PI / 2) / 6;

/** Standard deviation of the luma noise, 8-bit levels, 0..32. */
export function noiseSigma(photo: Raster): number {
  const columns = Math.floor((photo.width - 2) / BLOCK);
  const rows = Math.floor((photo.height - 2) / BLOCK);
  const step = Math.max(1, Math.ceil(Math.sqrt((columns * rows) / MAX_BLOCKS)));
  const responses: number[] = [];
  for (let row = 0; row < rows; row += step) {
    for (let column = 0; column < columns; column += step) {
      const response = blockResponse(photo, 1 + column * BLOCK, 1 + row * BLOCK);
      if (response !== undefined) responses.push(response);
    }
  }
  if (responses.length === 0) return 0;
  responses.sort((one, other) => one - other);
  const calm = responses.slice(0, Math.max(1, Math.ceil(responses.length / 3)));
  return Math.min(32, RESPONSE_TO_SIGMA * (calm[calm.length >> 1] ?? 0) * 1.04);
}

/** Mean |Laplacian| of luma in a block; undefined where the picture is blown out or black, which hides its noise. */
function blockResponse(photo: Raster, left: number, top: number): number | undefined {
  const luma = (x: number, y: number): number => {
    const at = (y * photo.width + x) * 4;
    return 0.2126 * (photo.data[at] ?? 0) + 0.7152 * (photo.data[at + 1] ?? 0) + 0.0722 * (photo.data[at + 2] ?? 0);
  };
  let sum = 0;
  for (let y = top; y < top + BLOCK; y++) {
    for (let x = left; x < left + BLOCK; x++) {
      const center = luma(x, y);
      if (center < 3 || center > 252) return undefined;
      const corners = luma(x - 1, y - 1) + luma(x + 1, y - 1) + luma(x - 1, y + 1) + luma(x + 1, y + 1);
      const sides = luma(x, y - 1) + luma(x - 1, y) + luma(x + 1, y) + luma(x, y + 1);
      sum += Math.abs(4 * center - 2 * sides + corners);
    }
  }
  return sum / (BLOCK * BLOCK);
}
