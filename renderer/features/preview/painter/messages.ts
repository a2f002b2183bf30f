/** What the page and the painting worker say to each other. */
import type { Film } from '#core/composition/film.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { NamedScenes } from './draft-scenes.ts';

/** To the worker. `surface` names a canvas that it was given. */
export type PainterRequest =
  /** The key that addresses of pictures carry; a new one after the engine has started again. */
  | { readonly type: 'key'; readonly key: string }
  /** What is drawn of a ratio from now on. */
  | { readonly type: 'film'; readonly ratio: Ratio; readonly film: Film | null }
  /** What a gesture would make of that film; canvases show it until the next film comes, or null. */
  | { readonly type: 'draft'; readonly ratio: Ratio; readonly scenes: NamedScenes | null }
  | { readonly type: 'open'; readonly surface: number; readonly canvas: OffscreenCanvas; readonly ratio: Ratio }
  | { readonly type: 'size'; readonly surface: number; readonly width: number; readonly height: number }
  /** Draws a frame; `rate` 0 while paused. Only the newest of several that wait is drawn. */
  | { readonly type: 'draw'; readonly surface: number; readonly frame: number; readonly rate: number }
  | { readonly type: 'close'; readonly surface: number }
  | { readonly type: 'thumbnail'; readonly id: number; readonly ratio: Ratio; readonly frame: number; readonly width: number }
  /** One frame of a clip, read by the page, which alone can play films. */
  | { readonly type: 'clipFrame'; readonly sceneId: string; readonly hash: string; readonly frame: number; readonly picture: ImageBitmap };

/** From the worker. */
export type PainterReply =
  /** A frame stands on a canvas. `isWhole`: every picture was there in its right size. */
  | { readonly type: 'painted'; readonly surface: number; readonly frame: number; readonly isWhole: boolean; readonly milliseconds: number }
  | { readonly type: 'thumbnail'; readonly id: number; readonly picture: ImageBitmap | null }
  /** A scene shows this frame of a clip; while it plays (`rate`), the clip may play along. */
  | { readonly type: 'clipWanted'; readonly sceneId: string; readonly hash: string; readonly frame: number; readonly rate: number }
  /** A picture could not be had; a sentence. */
  | { readonly type: 'failed'; readonly message: string };
