/**
 * Draws frame plans into 8-bit planar YUV 4:2:0 (BT.709 limited range) frames. Nothing here knows projects, files or
 * ffmpeg: sources come in as rasters, frames go out as bytes.
 */
import type { FramePlan } from '#core/composition/layer.ts';
import type { Size } from '#core/project/ratio.ts';
import type { DeepRaster, Raster } from './raster.ts';

export interface CompositorSource {
  readonly raster: Raster | DeepRaster;
}

/** Draws frames of one canvas size. Create once per segment or longer; dispose frees the WebAssembly memory. */
export interface Compositor {
  readonly size: Size;
  /** Bytes of one frame: Y plane, then U, then V. */
  readonly frameBytes: number;
  /** Registers a still source; a second call with the same key replaces it. */
  setSource(key: string, raster: Raster | DeepRaster): void;
  /** Registers or replaces a source that is already planar YUV 4:2:0 BT.709 limited, canvas-sized or not (decoded clip). */
  setYuvSource(key: string, size: Size, planes: Uint8Array): void;
  hasSource(key: string): boolean;
  dropSource(key: string): void;
  /** Draws one frame. The returned view is valid until the next call. `isFlat` switches dither and grain off. */
  draw(plan: FramePlan, options?: { readonly grain?: number; readonly isFlat?: boolean }): Uint8Array;
  dispose(): void;
}
