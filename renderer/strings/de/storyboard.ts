import type { Strings } from '../index.ts';

/** Words of the feature `storyboard`. */
export const storyboard: Strings['storyboard'] = {
  purpose: { hook: 'Aufhänger', problem: 'Problem', product: 'Produkt', benefit: 'Nutzen', proof: 'Beleg', mood: 'Stimmung', callToAction: 'Handlungsaufruf' },
};
