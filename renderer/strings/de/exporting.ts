import type { Strings } from '../index.ts';

/** Words of the feature `exporting`. */
export const exporting: Strings['exporting'] = {};
