/** Colours that belong to an advert, the brand's first. Pure. */
import type { AdProject } from '#core/project/schema.ts';

const MOST = 12;

/** Each once, `#rrggbb` in lower case. */
export function swatchesOf({ brand, style }: Pick<AdProject, 'brand' | 'style'>): string[] {
  const { primary, secondary, accent, text, background } = brand.colors;
  const colors = [primary, secondary, accent, text, background, style.accent, style.textOnDark, style.textOnLight, ...style.palette];
  return [...new Set(colors.flatMap((color) => (color ? [color.toLowerCase()] : [])))].slice(0, MOST);
}
