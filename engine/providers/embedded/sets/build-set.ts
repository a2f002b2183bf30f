/**
 * Builds the layers of an embedded studio set in memory: pure, seeded by the scene, the same bytes on every machine.
 * The provider encodes them; tests and previews look at them directly.
 */
import type { BackdropRequest } from '#engine/providers/types.ts';
import { buildFlat } from './kinds/flat.ts';
import { SET_BUILDERS } from './registry.ts';
import type { BuiltSet } from './set-types.ts';
import { createStage } from './stage.ts';

/** The set of `request.scene.backdrop.set`, drawn in the style's palette for one ratio. */
export function buildSet(request: BackdropRequest): BuiltSet {
  const kind = request.scene.backdrop.set;
  if (kind === 'flat') return buildFlat(request.style.palette[0]!);
  return SET_BUILDERS[kind](createStage(request));
}
