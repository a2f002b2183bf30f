import type { Strings } from '../index.ts';

/** Words of the feature `edits`. */
export const edits: Strings['edits'] = {};
