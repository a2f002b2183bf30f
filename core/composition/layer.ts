/**
 * The plan of one frame: what `evaluate` returns and what both back ends (export compositor, preview) draw.
 * Plain data, in drawing order, canvas pixels; no pixel is touched here.
 */
import type { Transition } from '../project/schema.ts';

/** Axis-aligned rectangle in canvas pixels (may be fractional, may reach outside the canvas). */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One picture drawn on the canvas. The whole source is mapped onto `rect`. */
export interface Layer {
  /** Key of the source picture; the back end loads it (see `engine/compositing/sources.ts`). */
  readonly source: string;
  readonly rect: Rect;
  /** Clockwise about the middle of `rect`, degrees. */
  readonly rotationDeg: number;
  /** 0..1. */
  readonly opacity: number;
  /** `multiply` darkens what lies below by the source's colour, `screen` adds light; alpha is honoured by all. */
  readonly blend: 'normal' | 'multiply' | 'screen';
  /**
   * `exact`: the product; Lanczos, or copied untouched when `rect` is whole pixels at the prepared size.
   * `smooth`: everything else; bilinear.
   */
  readonly sampling: 'exact' | 'smooth';
}

/** All layers of one scene at one moment, back to front. */
export interface SceneFrame {
  readonly sceneId: string;
  readonly layers: readonly Layer[];
}

/** What stands on the canvas at one frame: a scene, or two scenes and how far one has given way to the other. */
export interface FramePlan {
  readonly frame: number;
  readonly from: SceneFrame;
  readonly to?: SceneFrame;
  readonly transition?: { readonly kind: Transition['kind']; /** 0..1, not eased */ readonly progress: number };
}
