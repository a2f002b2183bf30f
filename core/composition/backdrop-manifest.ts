/**
 * What a backdrop provider hands over for one scene in one ratio: layers at different depths, which the camera moves
 * against each other, or one clip. The manifest is JSON and lives in the step's data; pictures are artifacts.
 */
import { z } from 'zod';
import { assetRefSchema } from '../project/schema.ts';

/** One layer, back to front. The picture covers the canvas plus `overscan` on every side, at any pixel density. */
export const backdropLayerSchema = z.object({
  picture: assetRefSchema,
  /** Rectangle that the picture covers at rest, as fractions of the canvas (x,y may be negative: overscan). */
  rect: z.object({ x: z.number(), y: z.number(), width: z.number().positive(), height: z.number().positive() }),
  /** 0 = infinitely far (never moves), 1 = the product's plane, > 1 = in front of the product. */
  depth: z.number().min(0).max(3),
  blend: z.enum(['normal', 'multiply', 'screen']),
  /** In front of the product (foreground bokeh, leaves) rather than behind. */
  isForeground: z.boolean().default(false),
  /**
   * Own motion besides the camera, over `periodFrames`. `sway` (a closed ellipse) and `breathe` (x = amplitude of size) loop; `drift` goes one
   * way and ends gently; `zoom` grows the layer steadily by x round its middle (a still that is filmed). Amplitudes: canvas fractions.
   */
  motion: z
    .object({ kind: z.enum(['none', 'sway', 'drift', 'breathe', 'zoom']), x: z.number(), y: z.number(), periodFrames: z.number().int().positive(), phase: z.number().min(0).max(1) })
    .default({ kind: 'none', x: 0, y: 0, periodFrames: 300, phase: 0 }),
  opacity: z.number().min(0).max(1).default(1),
});

export const backdropManifestSchema = z.object({
  kind: z.enum(['layers', 'clip']),
  layers: z.array(backdropLayerSchema).max(8).default([]),
  clip: z.object({ file: assetRefSchema, durationFrames: z.number().int().positive() }).optional(),
  /** Row (fraction of canvas height) where floor meets wall; the product's base stands below it. */
  horizon: z.number().min(0).max(1),
  /** How glossy the floor is (0 matt … 1 mirror); drives the reflection. */
  gloss: z.number().min(0).max(1),
  /** Colour that a shadow on this floor takes (multiplied). */
  shadowColor: z.string().regex(/^#[0-9a-f]{6}$/i),
  /** Mean colour behind the product, for the light wrap. */
  ambient: z.string().regex(/^#[0-9a-f]{6}$/i),
  /** False where a product would not stand on a floor (a flat card). */
  hasFloor: z.boolean(),
  /** Sets without grain, vignette and dither: the brand colour must read back exactly. */
  isFlat: z.boolean().default(false),
});

export type BackdropLayer = z.infer<typeof backdropLayerSchema>;
export type BackdropManifest = z.infer<typeof backdropManifestSchema>;
