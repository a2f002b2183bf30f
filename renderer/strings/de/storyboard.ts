import type { Strings } from '../index.ts';

/** Words of the feature `storyboard`. */
export const storyboard: Strings['storyboard'] = {};
