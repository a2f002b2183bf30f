/** Every set that the studio can build; `flat` needs no stage and is built apart. */
import type { SetKind } from '#core/project/schema.ts';
import { buildArch } from './kinds/arch.ts';
import { buildCyclorama } from './kinds/cyclorama.ts';
import { buildGobo } from './kinds/gobo.ts';
import { buildPodium } from './kinds/podium.ts';
import { buildSpotlight } from './kinds/spotlight.ts';
import type { SetBuilder } from './set-types.ts';

export const SET_BUILDERS: Readonly<Record<Exclude<SetKind, 'flat'>, SetBuilder>> = {
  cyclorama: buildCyclorama,
  gobo: buildGobo,
  bokeh: buildCyclorama,
  podium: buildPodium,
  tabletop: buildCyclorama,
  paper: buildCyclorama,
  mesh: buildCyclorama,
  arch: buildArch,
  waves: buildCyclorama,
  spotlight: buildSpotlight,
  split: buildCyclorama,
};
