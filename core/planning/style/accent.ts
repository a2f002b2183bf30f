/** Text colours and the accent of an advert, with contrast guaranteed. */
import { contrastRatio, mostReadable, withContrast } from '../../lib/color/contrast.ts';
import { colorDistance, hexFromOklch, oklchFromHex } from '../../lib/color/oklab.ts';
import type { StyleSpec } from '../../project/schema.ts';

type TextColors = Pick<StyleSpec, 'textOnDark' | 'textOnLight'>;

/**
 * Near-white and near-black with a breath of the palette's hue; pure white and black where the end card (`palette[0]`)
 * would otherwise miss 4.5. The brand's text colour takes the side it reads on.
 */
export function chooseTextColors(palette: readonly string[], brandText: string | undefined): TextColors {
  const card = palette[0] ?? '#ffffff';
  const { hueDeg } = oklchFromHex(card);
  const tinted = { textOnDark: hexFromOklch({ lightness: 0.98, chroma: 0.008, hueDeg }), textOnLight: hexFromOklch({ lightness: 0.19, chroma: 0.02, hueDeg }) };
  const branded = applyBrandText(tinted, brandText);
  const best = Math.max(contrastRatio(card, branded.textOnDark), contrastRatio(card, branded.textOnLight));
  return best >= 4.5 ? branded : { textOnDark: '#ffffff', textOnLight: '#000000' };
}

function applyBrandText(colors: TextColors, brandText: string | undefined): TextColors {
  if (brandText === undefined) return colors;
  if (contrastRatio(brandText, '#ffffff') >= 7) return { ...colors, textOnLight: brandText.toLowerCase() };
  if (contrastRatio(brandText, '#000000') >= 10) return { ...colors, textOnDark: brandText.toLowerCase() };
  return colors;
}

/**
 * Accent for buttons and underlines: the brand's, else the product's character colour, else one of the palette; the first
 * that separates from the end card. Made darker or lighter until its better text colour reaches 4.5.
 */
export function chooseAccent(palette: readonly string[], product: readonly string[], brandAccent: string | undefined, text: TextColors): string {
  const card = palette[0] ?? '#ffffff';
  const strong = product.filter((color) => oklchFromHex(color).chroma > 0.08);
  const candidates = [...(brandAccent === undefined ? [] : [brandAccent]), ...strong, ...[...palette].reverse(), text.textOnLight, text.textOnDark];
  const readable = candidates.map((color) => readableAccent(color.toLowerCase(), text));
  return readable.find((color) => colorDistance(color, card) >= 0.22 && contrastRatio(color, card) >= 1.5) ?? mostReadable(card, [text.textOnDark, text.textOnLight]);
}

function readableAccent(color: string, text: TextColors): string {
  const best = mostReadable(color, [text.textOnDark, text.textOnLight]);
  return withContrast(color, best, 4.5);
}
