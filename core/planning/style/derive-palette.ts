/**
 * Five backdrop colours that the product stands out from, from brand colours or from the product's own palette.
 * Everything is reckoned in OKLCH. Order: [0] end card and dominant wall, [1] its deeper shade (floor, far wall),
 * [2] its lighter tint (light, arch), [3] a second hue, [4] a pop or anchor colour.
 */
import { colorDistance, hexFromOklch, oklchFromHex, type Oklch } from '../../lib/color/oklab.ts';
import type { Random } from '../../lib/random.ts';
import type { BrandKit } from '../../project/schema.ts';
import type { PaletteScheme } from '../tone/tone-profile.ts';

/** A backdrop this far (OKLab) from the product's dominant colour separates clearly from it. */
const CLEAR_DISTANCE = 0.2;

/** Colour scheme inputs: the product's palette, strongest first (may be empty), and the brand's colours. */
export interface PaletteSources {
  readonly product: readonly string[];
  readonly brand: BrandKit['colors'];
}

/** Five distinct colours; with a brand primary, that exact colour comes first. */
export function derivePalette(sources: PaletteSources, scheme: PaletteScheme, greyHues: readonly [number, number], random: Random): string[] {
  const dominant = sources.product[0] ?? sources.brand.primary ?? '#b9b4ab';
  const character = characterOf(sources.product, dominant);
  const family = character.chroma < 0.04 ? greyFamily(character, scheme, greyHues, random) : schemeFamily(character, scheme, random);
  const base = separate(family.base, dominant);
  const derived = [base, shade(base), tint(base), separate(family.second, dominant), separate(family.pop, dominant)].map((color) => hexFromOklch(clear(color)));
  return distinct(withBrand(derived, sources.brand));
}

/** The colour that gives the product its character: the first clearly coloured one, else the dominant one. */
function characterOf(palette: readonly string[], dominant: string): Oklch {
  return palette.map(oklchFromHex).find((color) => color.chroma > 0.05) ?? oklchFromHex(dominant);
}

interface Family {
  readonly base: Oklch;
  readonly second: Oklch;
  readonly pop: Oklch;
}

function schemeFamily(product: Oklch, scheme: PaletteScheme, random: Random): Family {
  const hue = product.hueDeg + random.between(-8, 8);
  const side = random.next() < 0.5 ? -1 : 1;
  const color = (lightness: number, chroma: number, hueDeg: number): Oklch => ({ lightness, chroma, hueDeg: (hueDeg + 720) % 360 });
  const own = (lightness: number, chroma: number): Oklch => color(lightness, chroma, hue);
  switch (scheme) {
    case 'complement': return { base: color(0.36, 0.09, hue + 180), second: color(0.86, 0.07, hue + 25 * side), pop: own(0.72, 0.16) };
    case 'splitComplement': return { base: color(0.42, 0.1, hue + 150 * side), second: color(0.88, 0.06, hue + 200), pop: own(0.7, 0.15) };
    case 'triad': return { base: color(0.8, 0.1, hue + 120 * side), second: color(0.45, 0.12, hue - 120 * side), pop: own(0.68, 0.17) };
    // A deep yellow is brown mud; its complement, a deep blue, is as rich as other products' own hues.
    case 'deepOwn': return { base: isYellow(product.hueDeg) ? color(0.27, 0.06, hue + 180) : own(0.27, 0.06), second: color(0.78, 0.07, hue + 40 * side), pop: own(0.75, 0.13) };
    case 'paleOwn': return { base: own(0.92, 0.035), second: color(0.78, 0.07, hue + 35 * side), pop: own(0.42, 0.09) };
    case 'analogous': return { base: color(0.82, 0.08, hue + 50 * side), second: color(0.9, 0.05, hue - 20 * side), pop: color(0.4, 0.08, hue + 75 * side) };
    case 'cream': return { base: color(0.92, 0.035, 80), second: color(0.72, 0.08, hue + 20 * side), pop: color(0.38, 0.07, hue + 180) };
    case 'night': return { base: color(0.2, 0.035, hue + 160 * side), second: color(0.38, 0.08, hue + 190), pop: own(0.74, 0.15) };
    case 'earth': return { base: color(0.56, 0.105, 42), second: color(0.89, 0.045, 75), pop: color(0.4, 0.07, 200) };
    case 'pastel': return { base: color(0.87, 0.07, hue + 165 * side), second: color(0.9, 0.07, hue + 80 * side), pop: own(0.66, 0.16) };
    case 'neutral': return { base: color(0.9, 0.008, hue), second: color(0.76, 0.015, hue), pop: color(0.3, 0.03, hue + 180) };
  }
}

const isYellow = (hueDeg: number): boolean => hueDeg > 45 && hueDeg < 125;

/** Chroma that a warm pale colour gains per unit of lightness it loses; a cream that only darkens turns to dust. */
const RICHER = 0.2;
const isCreamy = ({ chroma, hueDeg }: Oklch): boolean => chroma > 0.02 && chroma < 0.1 && hueDeg > 20 && hueDeg < 110;

/** Moves lightness away from the product's dominant colour until the two separate; the hue stays. */
function separate(color: Oklch, dominant: string): Oklch {
  const goesDown = color.lightness < oklchFromHex(dominant).lightness;
  const toward = (down: boolean): Oklch | undefined => {
    for (let lightness = color.lightness; lightness >= 0.14 && lightness <= 0.965; lightness += down ? -0.02 : 0.02) {
      const moved = { ...color, lightness, chroma: color.chroma + (isCreamy(color) ? RICHER * Math.max(0, Math.min(0.3, color.lightness - lightness)) : 0) };
      if (colorDistance(hexFromOklch(moved), dominant) >= CLEAR_DISTANCE) return moved;
    }
    return undefined;
  };
  return decided(color, toward(goesDown) ?? toward(!goesDown) ?? color);
}

/** Where a pale wall for a pale product would end in a dull middle tone, it becomes a deep one. */
const DULL = { from: 0.42, to: 0.7, deep: 0.33 };

function decided(wanted: Oklch, moved: Oklch): Oklch {
  const isDull = wanted.lightness > 0.75 && moved.lightness > DULL.from && moved.lightness < DULL.to && moved.chroma < 0.08 && !isCreamy(moved);
  return isDull ? { ...moved, lightness: DULL.deep, chroma: moved.chroma * 1.3 } : moved;
}

/** A borrowed hue stays quiet: a grey or sage product on a loud wall looks lost. */
const GREY_CHROMA = 0.06;

/** A grey product has no hue to answer: the tone's own hue takes the wall, and its complement the pop. */
function greyFamily(product: Oklch, scheme: PaletteScheme, [from, to]: readonly [number, number], random: Random): Family {
  const hueDeg = random.between(from, to) % 360;
  const family = schemeFamily({ ...product, hueDeg }, scheme, random);
  // A dark pop is an anchor, not a spark: in the wall's own hue it stays noble where the complement would be brown or purple.
  const popHue = family.pop.lightness < 0.5 ? hueDeg : (hueDeg + 165) % 360;
  return { ...family, base: { ...family.base, hueDeg, chroma: Math.min(family.base.chroma, GREY_CHROMA) }, pop: { ...family.pop, hueDeg: popHue } };
}

/** Dark yellows look like mud: they turn to brown or to green, whichever is nearer. */
function clear(color: Oklch): Oklch {
  const isMuddy = color.lightness < (color.chroma > 0.09 ? 0.68 : 0.58) && color.chroma > 0.035 && color.hueDeg > 72 && color.hueDeg < 132;
  return isMuddy ? { ...color, hueDeg: color.hueDeg < 102 ? 58 : 145, chroma: color.chroma * 0.8 } : color;
}

function shade(color: Oklch): Oklch {
  return { ...color, lightness: Math.max(0.12, color.lightness * 0.8 - 0.02), chroma: color.chroma * 1.05 };
}

function tint(color: Oklch): Oklch {
  return { ...color, lightness: Math.min(0.97, color.lightness + (1 - color.lightness) * 0.45), chroma: color.chroma * 0.8 };
}

function withBrand(derived: readonly string[], brand: BrandKit['colors']): string[] {
  const { primary, secondary, background, accent } = brand;
  if (primary === undefined) return [background, secondary, accent].filter((color) => color !== undefined).concat(derived).slice(0, 5).map((color) => color.toLowerCase());
  const base = oklchFromHex(primary);
  const fromPrimary = [hexFromOklch(shade(base)), hexFromOklch(tint(base))];
  const [, , , second = primary, pop = primary] = derived;
  return [primary, ...fromPrimary, secondary ?? background ?? second, accent ?? (secondary === undefined ? pop : (background ?? pop))].map((color) => color.toLowerCase());
}

/** Nudges the lightness of repeated colours, so that layers of a set never vanish into each other. */
function distinct(colors: readonly string[]): string[] {
  const result: string[] = [];
  for (const color of colors) {
    const start = oklchFromHex(color);
    const step = start.lightness > 0.5 ? -0.05 : 0.05;
    let current = color;
    for (let i = 1; i <= 8 && result.some((other) => colorDistance(other, current) < 0.03); i++) {
      current = hexFromOklch({ ...start, lightness: start.lightness + i * step });
    }
    result.push(current);
  }
  return result;
}
