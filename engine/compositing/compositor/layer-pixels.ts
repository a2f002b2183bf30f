/** A layer made ready for one frame: it knows where it can be seen and hands out its samples band by band. */
import type { Band, BandArea, BandPixels } from './band.ts';
import type { Ink } from './source-picture.ts';

export interface LayerPixels {
  /** Where the layer can touch the canvas, clipped to it; empty when right <= left. */
  readonly area: BandArea;
  readonly isNeutral: boolean;
  /** Canvas rows in which nothing behind the layer can be seen (at full opacity, normal blend). */
  readonly opaqueRows: { readonly top: number; readonly bottom: number };
  /** The one colour of a layer that varies in alpha only, if sampling the alpha alone is cheaper. */
  readonly ink?: Ink | undefined;
  /**
   * Samples for `area` (inside this layer's own). A resampling layer writes them to the band's layer strips, a stored sprite
   * hands out its own memory. What `needs` does not name is left undefined: `luma` is y and alpha, `alpha` both alphas.
   */
  fetch(area: BandArea, band: Band, needs: 'alpha' | 'luma' | 'all'): BandPixels;
  /** Gives back what was made for this frame only. */
  release(): void;
}
