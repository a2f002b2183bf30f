/** The manifest's colours that other parts composite with: the floor's shadow and the light around the product. */
import type { BuiltSet, SetLayer, Stage } from '../set-types.ts';
import { linearFromSrgb } from '#core/lib/color/srgb.ts';
import { atLightness, formatHex, type Linear } from './color.ts';
import { encodeLight } from './shade-layer.ts';
import { clamp } from './math.ts';

/** A full shadow's lightness: nearly no light, with a breath of the floor's hue. */
const SHADOW_LIGHTNESS = 0.15;

/** Completes a set. `floor` is the lit floor colour at the product, `behind` what the product is seen against. */
export function describeSet(stage: Stage, layers: readonly SetLayer[], look: { floor: Linear; behind: Linear; gloss: number; hasFloor?: boolean; horizon?: number }): BuiltSet {
  return {
    layers,
    horizon: clamp(look.horizon ?? stage.horizon, 0, 1),
    gloss: look.gloss,
    shadowColor: formatHex(atLightness(look.floor, SHADOW_LIGHTNESS, 0.5)),
    ambient: formatHex([encodedToLinear(look.behind[0]), encodedToLinear(look.behind[1]), encodedToLinear(look.behind[2])]),
    hasFloor: look.hasFloor ?? true,
    isFlat: false,
  };
}

/** Lit colours may exceed white; this is the value they have in the picture. */
function encodedToLinear(light: number): number {
  return linearFromSrgb(encodeLight(light));
}
