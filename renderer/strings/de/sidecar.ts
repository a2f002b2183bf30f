import type { Strings } from '../index.ts';

/** Words of the feature `sidecar`. */
export const sidecar: Strings['sidecar'] = {};
