/** What a generative backdrop provider is asked for: an empty set in the advert's look. Never the product, never writing. */
import type { SetKind, StyleSpec } from '../../project/schema.ts';
import { colorName } from '../style/color-name.ts';

const SET_WORDS: Readonly<Record<SetKind, string>> = {
  cyclorama: 'seamless curved studio wall flowing into the floor',
  gobo: 'plain wall with soft window and leaf shadows falling across it',
  bokeh: 'out-of-focus lights far behind an empty surface',
  podium: 'round pedestal in front of a plain wall',
  tabletop: 'empty table top with a softly blurred room behind',
  paper: 'layered cut-paper shapes with fine shadows',
  mesh: 'smooth flowing gradient of light',
  arch: 'plaster wall with an arched niche and a step',
  waves: 'slow rolling waves of coloured fabric',
  spotlight: 'dark stage with one pool of light on the floor',
  split: 'two flat colour planes meeting in a clean diagonal',
  flat: 'plain even colour',
};

/** English prompt for one scene's backdrop. */
export function backdropPrompt(set: SetKind, style: StyleSpec): string {
  const colors = [...new Set(style.palette.slice(0, 4).map(colorName))].join(', ');
  return `Empty background plate: ${SET_WORDS[set]}; colours ${colors}; ${style.lighting}, light from the ${lightSide(style.light.azimuthDeg)}; ${style.texture}; ${style.mood} mood; uncluttered, free space in the middle`;
}

function lightSide(azimuthDeg: number): string {
  const height = Math.sin((azimuthDeg * Math.PI) / 180);
  const side = Math.cos((azimuthDeg * Math.PI) / 180);
  if (Math.abs(side) < 0.35) return height >= 0 ? 'top' : 'front';
  return `${height > 0.35 ? 'upper ' : ''}${side > 0 ? 'right' : 'left'}`;
}
