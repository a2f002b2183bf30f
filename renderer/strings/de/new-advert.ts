import type { Strings } from '../index.ts';

/** Words of the feature `newAdvert`. */
export const newAdvert: Strings['newAdvert'] = {};
