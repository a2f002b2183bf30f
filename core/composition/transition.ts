/**
 * The arithmetic of transitions, shared by the compositor and the preview: how far, how much, where. Pixels are mixed by each of them in its
 * own way. `progress` 0 is exactly the leaving scene, 1 exactly the coming one.
 */
import type { Size } from '../project/ratio.ts';
import type { Transition } from '../project/schema.ts';
import type { SceneFrame } from './layer.ts';

/** How one scene gives way to the next. */
export type TransitionKind = Transition['kind'];

/** Soft edge of a wipe, share of the side it runs along. */
export const WIPE_EDGE = 0.12;
const ZOOM = 0.08;

/** 0 up to 0, 1 from 1 on, and without a corner at either. */
export function smoothstep(value: number): number {
  const t = Math.min(1, Math.max(0, value));
  return t * t * (3 - 2 * t);
}

/** The leaving scene as the transition wants it drawn: `zoom` moves towards it. */
export function leavingScene(scene: SceneFrame, kind: TransitionKind, progress: number, canvas: Size): SceneFrame {
  if (kind !== 'zoom' || progress <= 0) return scene;
  const scale = 1 + ZOOM * smoothstep(progress);
  const [middleX, middleY] = [canvas.width / 2, canvas.height / 2];
  const layers = scene.layers.map((layer) => ({
    ...layer,
    rect: {
      x: middleX + (layer.rect.x - middleX) * scale,
      y: middleY + (layer.rect.y - middleY) * scale,
      width: layer.rect.width * scale,
      height: layer.rect.height * scale,
    },
  }));
  return { ...scene, layers };
}

/** Share of the coming scene, 0..1, in transitions that are the same everywhere on the canvas. */
export function mixShare(kind: 'cut' | 'dissolve' | 'zoom', progress: number): number {
  if (kind === 'cut') return progress < 0.5 ? 0 : 1;
  return smoothstep(progress);
}

/** Share of the coming scene at `position` (0..1 along the side, counted against the running direction) when a wipe has come to `progress`. */
export function wipeShare(position: number, progress: number): number {
  return smoothstep((progress * (1 + WIPE_EDGE) - position) / WIPE_EDGE);
}

/** How far a push has come along a side of `length` pixels: an even number, since chroma can only move by whole samples. */
export function pushDistance(progress: number, length: number): number {
  return Math.round((smoothstep(progress) * length) / 2) * 2;
}
