import type { BrandKit } from '#core/project/schema.ts';

/** A kit that says nothing. */
export const EMPTY_KIT: BrandKit = { name: '', colors: {}, fonts: {}, guidelines: '' };

/** A logo's colours fill the places that the user has left open; what is chosen stays. */
export function withLogoColors(kit: BrandKit, colors: readonly string[]): BrandKit {
  const [primary, secondary, accent] = colors;
  const found = { ...(primary ? { primary } : {}), ...(secondary ? { secondary } : {}), ...(accent ? { accent } : {}) };
  return { ...kit, colors: { ...found, ...kit.colors } };
}
