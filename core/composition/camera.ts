/**
 * The camera of a scene as a 2-D move. The product's plane (depth 1) eases in and then stands still on whole pixels, so
 * that the product is drawn pixel for pixel; nearer and farther layers keep drifting, which keeps the picture alive.
 */
import type { Scene } from '../project/schema.ts';
import { ease, mix } from './easing.ts';

/** The camera at one frame. Offsets are fractions of the canvas; `drift` moves only layers off the product's plane. */
export interface CameraState {
  readonly zoom: number;
  readonly panX: number;
  readonly panY: number;
  readonly driftX: number;
  readonly driftY: number;
}

/** Part of a scene after which the product's plane stands still. */
const SETTLE_FRACTION = 0.32;
/** Largest change of size, and of place (canvas fraction), of a move with amount 1. Sets carry overscan for it. */
const MAX_ZOOM = 0.05;
const MAX_PAN = 0.035;
/** Way that a layer at depth 0 drifts over a whole scene, canvas fraction, amount 1. */
const MAX_DRIFT = 0.05;

/** First frame of the scene at which the product's plane no longer moves. */
export function settleFrame(scene: Pick<Scene, 'durationFrames' | 'camera'>): number {
  return scene.camera.move === 'static' || scene.camera.move === 'drift' ? 0 : Math.round(scene.durationFrames * SETTLE_FRACTION);
}

/**
 * The camera at a frame of a scene.
 * @param frame frames since the scene's start
 */
export function cameraAt(scene: Pick<Scene, 'durationFrames' | 'camera' | 'seed'>, frame: number): CameraState {
  const { move, amount } = scene.camera;
  const settle = settleFrame(scene);
  const rest = settle === 0 ? 1 : ease('easeInOut', (frame + settle * 0.35) / (settle * 1.35));
  const away = frame >= settle ? 0 : 1 - rest;
  const drift = move === 'static' ? 0 : mix(-0.5, 0.5, frame / Math.max(1, scene.durationFrames - 1)) * MAX_DRIFT * amount;
  const side = scene.seed % 2 === 0 ? 1 : -1;
  const base = { zoom: 1, panX: 0, panY: 0, driftX: drift * side, driftY: 0 };
  switch (move) {
    case 'static':
    case 'drift':
      return base;
    case 'pushIn':
      return { ...base, zoom: 1 - MAX_ZOOM * amount * away };
    case 'pullOut':
      return { ...base, zoom: 1 + MAX_ZOOM * 1.4 * amount * away };
    case 'panLeft':
      return { ...base, panX: MAX_PAN * amount * away, driftX: drift };
    case 'panRight':
      return { ...base, panX: -MAX_PAN * amount * away, driftX: -drift };
    case 'rise':
      return { ...base, panY: -MAX_PAN * amount * away, driftX: 0, driftY: drift * 0.6 };
  }
}
