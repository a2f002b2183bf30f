/** Words of the feature `storyboard`. */
export const storyboard = {
  purpose: { hook: 'Hook', problem: 'Problem', product: 'Product', benefit: 'Benefit', proof: 'Proof', mood: 'Mood', callToAction: 'Call to action' },
};
