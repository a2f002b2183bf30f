/** Requests for the tests of this folder: any set and ratio, with palettes that are hard to serve. */
import type { Ratio } from '#core/project/ratio.ts';
import type { SetKind, StyleSpec } from '#core/project/schema.ts';
import type { BackdropRequest } from '#engine/providers/types.ts';

export const TEST_PALETTES = {
  orange: ['#e8501f', '#b3261e', '#ffd9b8', '#2b0f0a'],
  pastel: ['#cfe3d4', '#a9c9b1', '#f5efe2', '#4b6b57'],
  navy: ['#101a35', '#1f2f5c', '#c9a24b', '#f2e6c9'],
  grey: ['#8f8f92', '#d9d9dc', '#3a3a3d'],
  white: ['#ffffff', '#ffffff', '#ffffff'],
  black: ['#000000', '#000000', '#000000'],
  neon: ['#ff00ff', '#00ff00', '#0000ff'],
} as const;

export interface RequestOptions {
  readonly set: SetKind;
  readonly ratio?: Ratio;
  readonly palette?: readonly string[];
  readonly accent?: string;
  readonly seed?: number;
  readonly product?: BackdropRequest['product'];
  readonly light?: Partial<StyleSpec['light']>;
  readonly purpose?: BackdropRequest['scene']['purpose'];
}

export const STANDING: BackdropRequest['product'] = { x: 0.5, y: 0.78, height: 0.42, width: 0.3, cameraElevationDeg: 11 };

export function testRequest(options: RequestOptions): BackdropRequest {
  const palette = [...(options.palette ?? TEST_PALETTES.orange)];
  return {
    scene: {
      id: 'scene_1', purpose: options.purpose ?? 'product', durationFrames: 90, seed: options.seed ?? 7, isEndCard: false,
      backdrop: { set: options.set, prompt: '', focus: { x: 0.5, y: 0.5 } }, camera: { move: 'drift', amount: 0.5 },
    },
    sceneIndex: 0,
    ratio: options.ratio ?? '1:1',
    product: 'product' in options ? options.product : STANDING,
    style: {
      lighting: '', cameraStyle: '', texture: '', mood: '', palette, accent: options.accent ?? palette[1]!, textOnDark: '#ffffff', textOnLight: '#111111',
      fonts: { heading: 'Outfit', body: 'Inter' }, grade: { contrast: 0.1, warmth: 0, vignette: 0.35, grain: 0.2 },
      light: { azimuthDeg: 125, elevationDeg: 48, softness: 0.6, tint: '#ffffff', confidence: 1, ...options.light },
    },
  };
}
