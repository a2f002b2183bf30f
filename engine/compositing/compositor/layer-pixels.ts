/** A layer made ready for one frame: it knows where it can be seen and hands out its samples band by band. */
import type { Band, BandArea, BandPixels } from './band.ts';

export interface LayerPixels {
  /** Where the layer can touch the canvas, clipped to it; empty when right <= left. */
  readonly area: BandArea;
  readonly isNeutral: boolean;
  /** Canvas rows in which nothing behind the layer can be seen (at full opacity, normal blend). */
  readonly opaqueRows: { readonly top: number; readonly bottom: number };
  /**
   * Samples for `area` (inside this layer's own). `into` are the strips a resampling layer may write to; stored sprites
   * hand out their own memory. `needsChroma` false leaves u and v undefined.
   */
  fetch(area: BandArea, band: Band, needsChroma: boolean): BandPixels;
  /** Gives back what was made for this frame only. */
  release(): void;
}
