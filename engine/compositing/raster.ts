/** Pictures in memory, as they pass between decoder, text, shadows and compositor. */

/** Straight-alpha RGBA, 8 bit per channel, sRGB, row by row without padding. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** 16-bit RGB(A), sRGB transfer, for backdrops that must not band. */
export interface DeepRaster {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly data: Uint16Array;
}
