import type { Strings } from '../index.ts';

/** Words of the feature `brands`. */
export const brands: Strings['brands'] = {};
