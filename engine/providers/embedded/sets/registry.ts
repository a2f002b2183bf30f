/** Every set that the studio can build; `flat` needs no stage and is built apart. */
import type { SetKind } from '#core/project/schema.ts';
import { buildArch } from './kinds/arch.ts';
import { buildBokeh } from './kinds/bokeh.ts';
import { buildCyclorama } from './kinds/cyclorama.ts';
import { buildGobo } from './kinds/gobo.ts';
import { buildMesh } from './kinds/mesh.ts';
import { buildPaper } from './kinds/paper.ts';
import { buildPodium } from './kinds/podium.ts';
import { buildSplit } from './kinds/split.ts';
import { buildSpotlight } from './kinds/spotlight.ts';
import { buildTabletop } from './kinds/tabletop.ts';
import { buildWaves } from './kinds/waves.ts';
import type { SetBuilder } from './set-types.ts';

export const SET_BUILDERS: Readonly<Record<Exclude<SetKind, 'flat'>, SetBuilder>> = {
  cyclorama: buildCyclorama,
  gobo: buildGobo,
  bokeh: buildBokeh,
  podium: buildPodium,
  tabletop: buildTabletop,
  paper: buildPaper,
  mesh: buildMesh,
  arch: buildArch,
  waves: buildWaves,
  spotlight: buildSpotlight,
  split: buildSplit,
};
