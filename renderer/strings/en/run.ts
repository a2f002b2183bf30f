/** Words of the feature `run`. */
export const run = {};
