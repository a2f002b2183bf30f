/** Words of the feature `preview`. */
export const preview = {};
