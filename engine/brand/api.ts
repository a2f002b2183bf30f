/** The `brands` procedures of the contract. */
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { listBrands, removeBrand, saveBrand } from './brand-store.ts';
import { colorsOfLogo } from './logo-colors.ts';
import { listFontFamilies } from './list-font-families.ts';

/** The `brands` procedures of the contract. */
export function brandsApi({ engine }: ApiTools) {
  const { db, services } = engine;
  return {
    list: os.brands.list.handler(() => listBrands(db)),
    save: os.brands.save.handler(({ input }) => saveBrand(db, services.store, input)),
    remove: os.brands.remove.handler(({ input }) => removeBrand(db, input.id)),
    colorsOf: os.brands.colorsOf.handler(async ({ input }) => ({ colors: await colorsOfLogo(services.store, input.logo) })),
    fonts: os.brands.fonts.handler(() => listFontFamilies()),
  };
}
