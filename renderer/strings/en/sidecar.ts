/** Words of the feature `sidecar`. */
export const sidecar = {};
