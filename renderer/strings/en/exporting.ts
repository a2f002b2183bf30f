/** Words of the feature `exporting`. */
export const exporting = {};
