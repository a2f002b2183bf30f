/** Do three ratios in one run stay near the sum of their floors? Rendering is what `one-ratio.bench.ts` says. */
import { RATIOS } from '#core/project/ratio.ts';
import { measureRender } from './kit/measure-render.ts';
import type { Question } from './kit/question.ts';
import { sumFloors } from './kit/sum-floors.ts';

export const question: Question = {
  name: 'three-ratios',
  figures: [
    { id: 'threeRatiosToFloors', asks: 'CPU of rendering three ratios ÷ the sum of their three floors', unit: 'ratio', reach: { atMost: 1.2 } },
    { id: 'threeRatiosCheckedToFloors', asks: 'the same with fidelity checks and delivery', unit: 'ratio' },
  ],
  async sample(workshop, round) {
    const floors = await sumFloors(workshop, round);
    const render = await measureRender(workshop, round, RATIOS);
    return {
      threeRatiosToFloors: (render.cpuSeconds - render.checkingCpuSeconds) / floors.cpuSeconds, threeRatiosCheckedToFloors: render.cpuSeconds / floors.cpuSeconds,
      wallToFloors: render.wallSeconds / floors.wallSeconds,
      renderCpuSeconds: render.cpuSeconds, checkingCpuSeconds: render.checkingCpuSeconds, renderWallSeconds: render.wallSeconds, floorsCpuSeconds: floors.cpuSeconds, floorsWallSeconds: floors.wallSeconds,
    };
  },
};
