/** Words of the feature `home`. */
export const home = {};
