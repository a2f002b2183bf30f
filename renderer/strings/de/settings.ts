import type { Strings } from '../index.ts';

/** Words of the feature `settings`. */
export const settings: Strings['settings'] = {};
