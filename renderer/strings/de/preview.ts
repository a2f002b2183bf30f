import type { Strings } from '../index.ts';

/** Words of the feature `preview`. */
export const preview: Strings['preview'] = {};
