/** Words of the feature `brands`. */
export const brands = {};
