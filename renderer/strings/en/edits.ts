/** Words of the feature `edits`. */
export const edits = {};
