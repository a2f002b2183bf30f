/** How much memory do all processes of a `make` take together at their worst moment? */
import { rm } from 'node:fs/promises';
import { startAdgen, SAMPLE_ADVERT } from './kit/adgen.ts';
import type { Question } from './kit/question.ts';
import { isMemoryKnown, watchPeakMemory } from './kit/tree-memory.ts';

const GIGABYTE = 1e9;

export const question: Question = {
  name: 'peak-memory',
  figures: [{ id: 'peakMemoryGb', asks: 'peak memory of all processes of `make` together', unit: 'GB', reach: { atMost: 1.2 } }],
  unavailable: async () => (isMemoryKnown ? undefined : 'Only Linux tells what processes share; run this bench there.'),
  async sample(workshop, round) {
    workshop.say(`round ${round}: make, watching its memory`);
    const [dataDir, outDir] = [workshop.newPath(), workshop.newPath()];
    const make = startAdgen([...SAMPLE_ADVERT, '--data', dataDir, '--out', outDir]);
    const { peakBytes, largestBytes } = await watchPeakMemory(make.pid ?? 0, make);
    for (const folder of [dataDir, outDir]) await rm(folder, { recursive: true, force: true });
    return { peakMemoryGb: peakBytes / GIGABYTE, largestProcessGb: largestBytes / GIGABYTE };
  },
};
