/** What a set builder is given and what it returns; everything here is plain data or pure functions. */
import type { Random } from '#core/lib/random.ts';
import type { BackdropLayer } from '#core/composition/backdrop-manifest.ts';
import type { Size } from '#core/project/ratio.ts';
import type { ScenePurpose, StyleSpec } from '#core/project/schema.ts';
import type { DeepRaster, Raster } from '#engine/compositing/raster.ts';
import type { Linear } from './paint/color.ts';

/** A rectangle in canvas fractions; x, y may be negative and the far sides beyond 1 (overscan). */
export type FractionRect = BackdropLayer['rect'];

/** A backdrop layer before it is encoded: the manifest's layer with pixels instead of an artifact. */
export interface SetLayer extends Omit<BackdropLayer, 'picture'> {
  /** Short readable name, used for the file. */
  readonly name: string;
  readonly picture: Raster | DeepRaster;
}

export interface BuiltSet {
  /** Back to front. */
  readonly layers: readonly SetLayer[];
  /** Fraction of the canvas height, 0..1. */
  readonly horizon: number;
  readonly gloss: number;
  readonly shadowColor: string;
  readonly ambient: string;
  readonly hasFloor: boolean;
  readonly isFlat: boolean;
}

/** The key light as the shaders use it. */
export interface StageLight {
  /** Towards the light in the picture plane: right and up, each -1..1. */
  readonly right: number;
  readonly up: number;
  /** Tangent of the light's height over the floor. */
  readonly slope: number;
  readonly softness: number;
  /** Multiplies white light; brightest channel 1. */
  readonly tint: Linear;
}

/**
 * The studio of one scene in one ratio. Lengths are in canvas heights: x runs 0..aspect, y runs 0 (top)..1 (bottom).
 */
export interface Stage {
  readonly size: Size;
  readonly aspect: number;
  readonly random: Random;
  /** Middle of the product's base, and its size; assumed when the scene shows no product. */
  readonly product: { readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly isPresent: boolean };
  /** Where the scene's words stand: suns, arches and seams keep out of it. Missing on end cards and without a product. */
  readonly words?: { readonly side: 'above' | 'left' | 'right'; readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  /** Height of a floor circle over its width at the product, sin of the camera elevation. */
  readonly foreshortening: number;
  /** Row where the floor meets the wall. */
  readonly horizon: number;
  /** Row of the camera's eye level, where parallel floor lines meet. */
  readonly eyeLevel: number;
  readonly light: StageLight;
  readonly purpose: ScenePurpose;
  /** 0 calm (end card) … 1 dramatic (hook). */
  readonly drama: number;
  readonly grade: StyleSpec['grade'];
  readonly paints: Paints;
}

/** The scene's colours, all from the style's palette. */
export interface Paints {
  /** The dominant colour, kept away from pure black and white so that light can shape it. */
  readonly base: Linear;
  /** A palette colour that is clearly another one than `base`; a tint of it when the palette has none. */
  readonly second: Linear;
  readonly third: Linear;
  readonly accent: Linear;
  /** The palette's or accent's jewel: what stands out most from `base`, for suns, glows and trims. */
  readonly feature: Linear;
  /** What `base` may blend into smoothly: another colour whose mixtures with it stay clean. */
  readonly kin: Linear;
  /** The lightest colour, for lamps and pale surfaces. */
  readonly palest: Linear;
  readonly all: readonly Linear[];
}

export type SetBuilder = (stage: Stage) => BuiltSet;
