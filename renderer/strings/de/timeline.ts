import type { Strings } from '../index.ts';

/** Words of the feature `timeline`. */
export const timeline: Strings['timeline'] = {};
