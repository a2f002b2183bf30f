/** Heights and widths of the timeline, pixels. One place, because the pointer's arithmetic and the drawing must agree. */
import { stackRows } from '../../editor/geometry.ts';
import type { Scene } from '#core/project/schema.ts';

export const HEADER_PX = 124;
export const RULER_PX = 26;
export const MARKERS_PX = 18;
export const SCENE_PX = 58;
export const PRODUCT_PX = 24;
export const CAPTION_ROW_PX = 22;
export const MUSIC_PX = 44;
export const VOICE_PX = 36;
const GAP_PX = 4;
/** More captions than this at once lie on each other. */
const MOST_CAPTION_ROWS = 4;

/** Where the tracks begin, counted from under the ruler and the markers. */
export interface TrackTops {
  readonly scenes: number;
  readonly product: number;
  readonly captions: number;
  readonly music: number;
  readonly voice: number;
  readonly height: number;
  readonly captionRows: number;
}

/** Tops of all tracks for a number of rows of captions. */
export function trackTops(captionRows: number): TrackTops {
  const scenes = GAP_PX;
  const product = scenes + SCENE_PX + GAP_PX;
  const captions = product + PRODUCT_PX + GAP_PX;
  const music = captions + captionRows * CAPTION_ROW_PX + GAP_PX;
  const voice = music + MUSIC_PX + GAP_PX;
  return { scenes, product, captions, music, voice, height: voice + VOICE_PX + GAP_PX, captionRows };
}

/** Rows that the captions of these scenes need. */
export function captionRowsOf(scenes: readonly Scene[]): number {
  return Math.max(1, ...scenes.map((scene) => Math.max(0, ...stackRows(scene.captions, MOST_CAPTION_ROWS)) + 1));
}

/** The row of each caption of a scene. */
export function rowsOf(scene: Scene): number[] {
  return stackRows(scene.captions, MOST_CAPTION_ROWS);
}
