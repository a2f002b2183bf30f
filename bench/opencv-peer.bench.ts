/**
 * Are we ahead of the per-frame way (`peers/opencv_advert.py`: composite in a loop, intermediate files, read back, encode
 * again) on the reference advert: in CPU time, and in how close frames come to an ideal composite? The peer is handed ready
 * pictures and places; ours starts from the document.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { root, runNode } from './kit/adgen.ts';
import { measureReference } from './kit/measure-reference.ts';
import type { Question } from './kit/question.ts';
import { measureChildren } from './kit/usage.ts';

const SCRIPT = join(root, 'bench', 'peers', 'opencv_advert.py');

export const question: Question = {
  name: 'opencv-peer',
  figures: [
    { id: 'cpuToPeer', asks: 'CPU of the reference advert ÷ CPU of the per-frame OpenCV way', unit: 'ratio', reach: { atMost: 1 } },
    { id: 'ssimGain', asks: 'SSIM with an ideal composite, minus the peer\'s', unit: 'SSIM', reach: { atLeast: 0 } },
  ],
  unavailable: async () => ((await findPython()) ? undefined : 'No Python with OpenCV here. Install it (Debian: apt-get install python3-opencv; elsewhere: pip install opencv-python) and run again.'),
  async sample(workshop, round) {
    const { advert, usage, dataDir, outDir } = await measureReference(workshop, round);
    const python = (await findPython()) ?? 'python3';
    const folder = workshop.newPath();
    await mkdir(folder);
    await runNode([join(root, 'bench', 'kit', 'export-plan.ts'), dataDir, advert.projectPath, JSON.stringify(advert.stills), folder, advert.music]);
    const [plan, theirs] = [join(folder, 'plan.json'), join(folder, 'peer.mp4')];
    workshop.say(`round ${round}: the reference advert the per-frame way`);
    const peer = await measureChildren(() => execa(python, [SCRIPT, 'render', plan, folder, theirs], { stdin: 'ignore' }));
    const { stdout } = await execa(python, [SCRIPT, 'compare', plan, join(outDir, 'final_9x16.mp4'), theirs], { stdin: 'ignore' });
    const [ourSsim = Number.NaN, peerSsim = Number.NaN] = JSON.parse(stdout) as number[];
    await rm(folder, { recursive: true, force: true });
    return { cpuToPeer: usage.cpuSeconds / peer.cpuSeconds, ssimGain: ourSsim - peerSsim, ourSsim, peerSsim, ourCpuSeconds: usage.cpuSeconds, peerCpuSeconds: peer.cpuSeconds, ourWallSeconds: usage.wallSeconds, peerWallSeconds: peer.wallSeconds };
  },
};

/** The first Python on this machine that has OpenCV. */
async function findPython(): Promise<string | undefined> {
  for (const candidate of ['python3', '/usr/bin/python3', 'python']) {
    const { exitCode } = await execa(candidate, ['-c', 'import cv2'], { reject: false, stdin: 'ignore' });
    if (exitCode === 0) return candidate;
  }
  return undefined;
}
