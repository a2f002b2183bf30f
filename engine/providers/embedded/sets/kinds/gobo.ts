/** A quiet sweep under window light: blinds, panes or leaves throw a soft pattern that sways a little. */
import type { Random } from '#core/lib/random.ts';
import { scaled } from '../paint/color.ts';
import { describeSet } from '../paint/describe.ts';
import { exposureFor } from '../paint/exposure.ts';
import { createGoboPattern, GOBO_PATTERNS } from '../paint/gobo-pattern.ts';
import { fullRect, stillLayer } from '../paint/layers.ts';
import { bell, mix, smoothstep } from '../paint/math.ts';
import { shadeDeep } from '../paint/shade-layer.ts';
import { buildStudio } from '../paint/studio.ts';
import { createSweep } from '../paint/sweep.ts';
import type { SetBuilder, SetLayer, Stage } from '../set-types.ts';
import { washedAlbedo } from './cyclorama.ts';

export const buildGobo: SetBuilder = (stage) => {
  const random = stage.random.fork('arrangement');
  const exposure = exposureFor(stage, stage.paints.base);
  const lit = { pool: exposure.pool * 1.08, edge: mix(exposure.edge, exposure.pool, 0.35) };
  const sweep = createSweep(stage, { exposure: lit, curve: random.between(0.05, 0.1), poolSize: 1.2 });
  const studio = buildStudio(stage, { sweep, albedo: washedAlbedo(stage, stage.paints.base, stage.paints.second, 0.2) });
  const { x, y, height } = stage.product;
  return describeSet(stage, [...studio, patternLayer(stage, random)], {
    floor: stage.paints.base,
    behind: scaled(stage.paints.base, sweep.light(x, y - height / 2) * 0.85),
    gloss: 0.08,
  });
};

/** Multiplies what lies below: 1 in the light, the shade's depth outside; calmer round the product. */
function patternLayer(stage: Stage, random: Random): SetLayer {
  const pattern = createGoboPattern(stage, random.pick(GOBO_PATTERNS), random);
  const { product, grade, drama } = stage;
  const shade = mix(0.66, 0.5, drama) - 0.06 * grade.contrast;
  const rect = fullRect();
  const picture = shadeDeep(stage, rect, (x, y, out) => {
    const near = bell((x - product.x) / (product.width * 0.75 + 0.05)) * bell((y - product.y + product.height * 0.5) / (product.height * 0.75));
    const onFloor = smoothstep(stage.horizon, product.y + 0.05, y);
    const depth = (1 - shade) * (1 - 0.68 * near) * (1 - 0.4 * onFloor);
    const value = 1 - depth * (1 - pattern(x, y));
    out[0] = out[1] = out[2] = value;
  }, { isFilter: true, density: 1 / 4 });
  return {
    ...stillLayer('gobo', rect, picture, 0.8),
    blend: 'multiply',
    motion: { kind: 'sway', x: 0.008, y: 0.004, periodFrames: 210 + random.below(60), phase: random.next() },
  };
}
