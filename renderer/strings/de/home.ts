import type { Strings } from '../index.ts';

/** Words of the feature `home`. */
export const home: Strings['home'] = {};
