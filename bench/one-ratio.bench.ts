/**
 * What does it cost to render one ratio (9:16) of the 15 s, four-scene sample, over the floor? Rendering is the command
 * `adgen render` (start, planning, drawing, encoding, joining) with backdrops, captions and sound already made. What measuring
 * the product's fidelity and packing the delivery add is told apart.
 */
import type { Question } from './kit/question.ts';
import { measureRender } from './kit/measure-render.ts';

export const question: Question = {
  name: 'one-ratio',
  figures: [
    { id: 'oneRatioToFloor', asks: 'CPU of rendering one ratio ÷ floor (decode sources + encode finished frames)', unit: 'ratio', reach: { atMost: 1.25 } },
    { id: 'oneRatioCheckedToFloor', asks: 'the same with fidelity check and delivery', unit: 'ratio' },
  ],
  async sample(workshop, round) {
    const floor = await workshop.floor('9:16', round);
    const render = await measureRender(workshop, round, ['9:16']);
    return {
      oneRatioToFloor: (render.cpuSeconds - render.checkingCpuSeconds) / floor.cpuSeconds, oneRatioCheckedToFloor: render.cpuSeconds / floor.cpuSeconds,
      renderCpuSeconds: render.cpuSeconds, checkingCpuSeconds: render.checkingCpuSeconds, renderWallSeconds: render.wallSeconds,
      floorCpuSeconds: floor.cpuSeconds, floorDecodeCpuSeconds: floor.decode.cpuSeconds, floorWallSeconds: floor.wallSeconds,
    };
  },
};
