/** The floors of all three ratios, one after the other. */
import { RATIOS } from '#core/project/ratio.ts';
import type { Usage } from './usage.ts';
import type { Workshop } from './workshop.ts';

export async function sumFloors(workshop: Workshop, round: number): Promise<Usage> {
  let cpuSeconds = 0;
  let wallSeconds = 0;
  for (const ratio of RATIOS) {
    const floor = await workshop.floor(ratio, round);
    cpuSeconds += floor.cpuSeconds;
    wallSeconds += floor.wallSeconds;
  }
  return { cpuSeconds, wallSeconds };
}
