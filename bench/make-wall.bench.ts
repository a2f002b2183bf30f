/** How much longer does a user wait for the whole advert, from photo to three videos and stills, than for the floors alone? */
import { rm } from 'node:fs/promises';
import { runAdgen, SAMPLE_ADVERT } from './kit/adgen.ts';
import type { Question } from './kit/question.ts';
import { sumFloors } from './kit/sum-floors.ts';
import { measureChildren } from './kit/usage.ts';

export const question: Question = {
  name: 'make-wall',
  figures: [{ id: 'makeToFloorsWall', asks: 'wall time of `make`, three ratios and stills, fresh data folder ÷ wall time of the three floors', unit: 'ratio', reach: { atMost: 1.6 } }],
  async sample(workshop, round) {
    const floors = await sumFloors(workshop, round);
    workshop.say(`round ${round}: make`);
    const [dataDir, outDir] = [workshop.newPath(), workshop.newPath()];
    const make = await measureChildren(() => runAdgen([...SAMPLE_ADVERT, '--data', dataDir, '--out', outDir]));
    for (const folder of [dataDir, outDir]) await rm(folder, { recursive: true, force: true });
    return {
      makeToFloorsWall: make.wallSeconds / floors.wallSeconds, makeToFloorsCpu: make.cpuSeconds / floors.cpuSeconds,
      makeWallSeconds: make.wallSeconds, makeCpuSeconds: make.cpuSeconds, floorsWallSeconds: floors.wallSeconds, floorsCpuSeconds: floors.cpuSeconds,
    };
  },
};
