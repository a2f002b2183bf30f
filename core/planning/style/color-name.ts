import { oklchFromHex } from '../../lib/color/oklab.ts';

const HUES: readonly (readonly [number, string])[] = [
  [15, 'rose'], [40, 'red'], [62, 'orange'], [82, 'amber'], [112, 'yellow'], [135, 'lime green'], [160, 'green'], [200, 'teal'],
  [235, 'sky blue'], [275, 'blue'], [305, 'violet'], [335, 'purple'], [352, 'magenta'], [361, 'rose'],
];

/** Plain English name of a `#rrggbb` colour for a backdrop prompt, e.g. `deep teal`, `pale amber`, `charcoal`. */
export function colorName(hex: string): string {
  const { lightness, chroma, hueDeg } = oklchFromHex(hex);
  if (chroma < 0.025) return greyName(lightness);
  const hue = HUES.find(([end]) => hueDeg < end)?.[1] ?? 'rose';
  if (lightness < 0.4) return `deep ${hue}`;
  if (lightness > 0.82) return `pale ${hue}`;
  return chroma < 0.07 ? `muted ${hue}` : hue;
}

function greyName(lightness: number): string {
  if (lightness > 0.93) return 'white';
  if (lightness > 0.8) return 'off-white';
  if (lightness > 0.55) return 'light grey';
  return lightness > 0.3 ? 'dark grey' : 'charcoal';
}
