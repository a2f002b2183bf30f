/** 8-bit RGB, row by row without padding: what a decoded frame is compared as. */
export interface RgbPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** One byte per pixel: 1 counts, 0 does not. */
export type PixelMask = Uint8Array;

/** BT.709 luma of the non-linear RGB, 0..255. */
export function lumaOf({ width, height, data }: RgbPicture): Float32Array {
  const luma = new Float32Array(width * height);
  for (let i = 0, at = 0; i < luma.length; i++, at += 3) {
    luma[i] = 0.2126 * (data[at] as number) + 0.7152 * (data[at + 1] as number) + 0.0722 * (data[at + 2] as number);
  }
  return luma;
}
