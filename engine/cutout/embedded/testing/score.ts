/**
 * How far a mask is from the exact truth. Used by tests and benches only.
 * `iou`: intersection over union of both masks cut at one half, 0–1.
 * `raggedness`: length of the mask's outline ÷ the truth's, 1 where it has no steps, bites and stubs.
 * `edgeError`: mean |alpha − truth| (0–1) over the pixels within 8 px of the true outline.
 */
export interface MaskScore {
  readonly iou: number;
  readonly edgeError: number;
  readonly raggedness: number;
}

const EDGE_RADIUS_PX = 8;

export function scoreMask(mask: Uint8Array, truth: Uint8Array, width: number, height: number): MaskScore {
  let both = 0;
  let either = 0;
  for (let at = 0; at < truth.length; at++) {
    const inMask = mask[at]! > 127;
    const inTruth = truth[at]! > 127;
    if (inMask && inTruth) both++;
    if (inMask || inTruth) either++;
  }
  return { iou: either === 0 ? 1 : both / either, edgeError: edgeError(mask, truth, width, height), raggedness: outlineLength(mask, width, height) / outlineLength(truth, width, height) };
}

/** After Cauchy and Crofton: how often lines in four directions cross the outline. */
function outlineLength(mask: Uint8Array, width: number, height: number): number {
  let length = 0;
  for (let y = 1; y < height; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const isIn = mask[at]! > 127;
      if (isIn !== mask[at - 1]! > 127) length++;
      if (isIn !== mask[at - width]! > 127) length++;
      if (isIn !== mask[at - width - 1]! > 127) length += Math.SQRT1_2;
      if (isIn !== mask[at - width + 1]! > 127) length += Math.SQRT1_2;
    }
  }
  return length;
}

function edgeError(mask: Uint8Array, truth: Uint8Array, width: number, height: number): number {
  const isNear = new Uint8Array(truth.length);
  forEachOutlinePixel(truth, width, height, (x, y) => stampDisc(isNear, width, height, x, y));
  let sum = 0;
  let count = 0;
  for (let at = 0; at < truth.length; at++) {
    if (isNear[at] === 0) continue;
    sum += Math.abs(mask[at]! - truth[at]!) / 255;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

function forEachOutlinePixel(truth: Uint8Array, width: number, height: number, visit: (x: number, y: number) => void): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (truth[at]! <= 127) continue;
      const isOutline = (x > 0 && truth[at - 1]! <= 127) || (x < width - 1 && truth[at + 1]! <= 127)
        || (y > 0 && truth[at - width]! <= 127) || (y < height - 1 && truth[at + width]! <= 127);
      if (isOutline) visit(x, y);
    }
  }
}

function stampDisc(isNear: Uint8Array, width: number, height: number, centreX: number, centreY: number): void {
  for (let dy = -EDGE_RADIUS_PX; dy <= EDGE_RADIUS_PX; dy++) {
    const y = centreY + dy;
    if (y < 0 || y >= height) continue;
    const reach = Math.floor(Math.sqrt(EDGE_RADIUS_PX ** 2 - dy * dy));
    isNear.fill(1, y * width + Math.max(0, centreX - reach), y * width + Math.min(width - 1, centreX + reach) + 1);
  }
}
