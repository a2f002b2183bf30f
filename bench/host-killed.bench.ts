/** How long does an engine outlive the program that started it? A small server with children in and out of its process group, under the real boot script. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FIXTURES, findPython } from '#sidecar/supervisor/testing/fixture-engine.ts';
import { killHost } from './kit/kill-host.ts';
import type { Question } from './kit/question.ts';

const KILLS = 10;

export const question: Question = {
  name: 'host-killed',
  figures: [{ id: 'goneMs', asks: `host killed → server and its children gone, the slowest of ${KILLS} (fixture)`, unit: 'ms', reach: { atMost: 1000 }, isWorst: true }],
  unavailable: async () => (process.platform === 'win32' ? 'Not run: Windows does not tell whose children are left.' : findPython() === undefined ? 'Not run: install Python 3 for the boot script.' : undefined),
  async sample(workshop, round) {
    workshop.say(`round ${round}: killing ${KILLS} hosts`);
    const times: number[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const folder = workshop.newPath();
      times.push(await killHost([join(FIXTURES, 'host.ts'), findPython() ?? '', 'forks_grandchild.py', folder]));
      await rm(folder, { recursive: true, force: true });
    }
    return { goneMs: Math.max(...times), fastestMs: Math.min(...times) };
  },
};
