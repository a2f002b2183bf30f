/**
 * What do resuming, hashing and flushing cost a download? 512 MB from a server's memory over loopback to the disk, ours and curl's
 * alternating, five times each per round. The figure flushes curl's file as well, because ours is only done when its bytes would
 * survive a power cut; `toCurlUnflushed` is the same against curl alone.
 */
import { once } from 'node:events';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { downloadFile } from '#sidecar/provision/download/download-file.ts';
import { root } from './kit/adgen.ts';
import { median } from './kit/question.ts';
import type { Question } from './kit/question.ts';

const BYTES = 512 * 1000 ** 2;
const TIMES = 5;

export const question: Question = {
  name: 'download',
  figures: [{ id: 'downloadToCurl', asks: 'download with streaming SHA-256 ÷ curl, both to disk and flushed: throughput over loopback', unit: 'ratio', reach: { atLeast: 0.8 } }],
  unavailable: async () => ((await execa('curl', ['--version'], { reject: false })).exitCode === 0 ? undefined : 'No curl here. Install it and run again.'),
  async sample(workshop, round) {
    workshop.say(`round ${round}: downloading`);
    const server = execa(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'bench', 'kit', 'serve-memory.ts'), String(BYTES)], { reject: false });
    try {
      const [line] = await once(server.stdout, 'data') as [Buffer];
      const url = `http://127.0.0.1:${line.toString().trim()}/file`;
      const ours: number[] = [];
      const curls: number[] = [];
      const flushes: number[] = [];
      for (let time = 0; time < TIMES; time += 1) {
        const curled = workshop.newPath('.curl');
        curls.push(await seconds(() => execa('curl', ['-sS', '--noproxy', '*', '-o', curled, url])));
        flushes.push(await seconds(() => flush(curled)));
        await rm(curled);
        const folder = workshop.newPath();
        ours.push(await seconds(() => downloadFile({ url, destination: join(folder, 'file'), partsDir: join(folder, 'parts'), signal: new AbortController().signal })));
        await rm(folder, { recursive: true });
      }
      const flushed = curls.map((curl, index) => curl + (flushes[index] ?? 0));
      return { downloadToCurl: median(flushed) / median(ours), toCurlUnflushed: median(curls) / median(ours), ourSeconds: median(ours), curlSeconds: median(curls), flushSeconds: median(flushes) };
    } finally {
      server.stdin.end();
      await server;
    }
  },
};

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return (performance.now() - startedMs) / 1000;
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.datasync();
  await file.close();
}
