/** The `brands` procedures of the contract. */
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { notYet } from '#engine/not-yet.ts';

/** The `brands` procedures of the contract. */
export function brandsApi(_tools: ApiTools) {
  return {
    list: os.brands.list.handler(() => notYet('brands.list')),
    save: os.brands.save.handler(() => notYet('brands.save')),
    remove: os.brands.remove.handler(() => notYet('brands.remove')),
    colorsOf: os.brands.colorsOf.handler(() => notYet('brands.colorsOf')),
    fonts: os.brands.fonts.handler(() => notYet('brands.fonts')),
  };
}
