/** How long does a real ComfyUI outlive the program that started it? */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { killHost } from './kit/kill-host.ts';
import type { Question } from './kit/question.ts';
import { chooseComfy, whyNoComfy } from './kit/real-comfy.ts';

const KILLS = 3;
const HOST = join(import.meta.dirname, '..', 'sidecar', 'contract', 'host.ts');

export const question: Question = {
  name: 'host-killed-comfy',
  figures: [{ id: 'comfyGoneMs', asks: `host killed → server and its children gone, the slowest of ${KILLS} (real server)`, unit: 'ms', reach: { atMost: 1000 }, isWorst: true }],
  unavailable: whyNoComfy,
  async sample(workshop, round) {
    const choice = JSON.stringify(await chooseComfy());
    const times: number[] = [];
    for (let kill = 1; kill <= KILLS; kill++) {
      workshop.say(`round ${round}: killing the host of a real ComfyUI, ${kill} of ${KILLS}`);
      const folder = workshop.newPath();
      await mkdir(folder, { recursive: true });
      times.push(await killHost([HOST, choice, folder]));
      await rm(folder, { recursive: true, force: true });
    }
    return { comfyGoneMs: Math.max(...times), fastestMs: Math.min(...times) };
  },
};
