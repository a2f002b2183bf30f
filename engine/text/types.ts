/** What the text rasteriser takes and gives. One call per text block, ratio and style; results are artifacts. */
import type { CaptionRole } from '#core/project/schema.ts';
import type { Raster } from '#engine/compositing/raster.ts';

export interface TextRequest {
  readonly text: string;
  /** BCP 47, for shaping and line breaking; empty = from the text. */
  readonly language: string;
  readonly role: CaptionRole;
  /** Family name of a bundled font (see `engine/text/fonts.ts`), else of an installed one, else a fall-back. */
  readonly fontFamily: string;
  /** Block must fit in this box (px); the size is chosen as the largest that fits between the limits below. */
  readonly maxWidth: number;
  readonly maxHeight: number;
  readonly minFontPx: number;
  readonly maxFontPx: number;
  readonly maxLines: number;
  /** How the lines stand to each other. `left` is where lines begin: on the right in Arabic or Hebrew. */
  readonly align: 'left' | 'center' | 'right';
  readonly color: string;
  /** `plain`; `scrim` = soft dark or light cushion; `button` = filled rounded box in `boxColor`; `plate` = the same, less round. */
  readonly decoration: 'plain' | 'scrim' | 'button' | 'plate';
  /** `#rrggbb`, or `#rrggbbaa` for a scrim of less than full strength. */
  readonly boxColor: string;
}

export interface TextBlock {
  readonly raster: Raster;
  readonly fontPx: number;
  readonly lines: number;
  /** Ink box inside the raster (the raster carries padding for cushions and glow): of the words, or of the button or plate round them. */
  readonly ink: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly isRightToLeft: boolean;
  /** Characters that no font could draw (shown as warnings, never as boxes on screen). */
  readonly missing: string[];
  /** Set when the text did not fit and was cut to an ellipsis; a sentence for the user. */
  readonly note?: string;
}
