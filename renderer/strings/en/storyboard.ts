/** Words of the feature `storyboard`. */
export const storyboard = {};
