/** Words of the feature `newAdvert`. */
export const newAdvert = {};
