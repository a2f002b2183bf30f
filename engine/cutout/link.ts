/** What one link of the cut-out chain hands back. A link that gives up says why in words that a user can read. */
import type { Raster } from '#engine/compositing/raster.ts';
import type { Mask } from './codec.ts';

export type LinkResult =
  | {
      readonly isDone: true;
      readonly mask: Mask;
      /** Straight-alpha RGBA of the photo's own pixels, edge colours freed from the old background. */
      readonly cutout: Raster;
      readonly method: string;
      readonly notes: readonly string[];
    }
  | { readonly isDone: false; readonly reason: string };
