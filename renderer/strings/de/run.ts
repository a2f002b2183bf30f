import type { Strings } from '../index.ts';

/** Words of the feature `run`. */
export const run: Strings['run'] = {};
