/** One exact colour for the brand end card: no light, no texture, nothing that moves. */
import { atLightness, formatHex, lightnessOf, parseHex } from '../paint/color.ts';
import { fullRect, stillLayer } from '../paint/layers.ts';
import type { BuiltSet } from '../set-types.ts';

const SIDE_PIXELS = 16;

/** `color` is `#rrggbb` and comes out byte for byte. */
export function buildFlat(color: string): BuiltSet {
  const value = Number.parseInt(color.slice(1), 16);
  const data = new Uint8Array(SIDE_PIXELS * SIDE_PIXELS * 4);
  for (let at = 0; at < data.length; at += 4) data.set([value >> 16, (value >> 8) & 255, value & 255, 255], at);
  const card = parseHex(color);
  return {
    layers: [stillLayer('flat', fullRect(), { width: SIDE_PIXELS, height: SIDE_PIXELS, data }, 0)],
    horizon: 1,
    gloss: 0,
    // The card's own hue: a grey shadow on a coloured card looks like dirt.
    shadowColor: formatHex(atLightness(card, Math.min(0.3, lightnessOf(card) * 0.4), 0.8)),
    ambient: color.toLowerCase(),
    hasFloor: false,
    isFlat: true,
  };
}
