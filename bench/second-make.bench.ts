/** Is the same `npm start -- make` again, with nothing changed, over at once and without any ffmpeg? */
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { locateFfmpeg } from '#engine/compositing/ffmpeg/locate-ffmpeg.ts';
import { root, SAMPLE_ADVERT } from './kit/adgen.ts';
import type { Question, Sample } from './kit/question.ts';
import type { Workshop } from './kit/workshop.ts';

export const question: Question = {
  name: 'second-make',
  figures: [
    { id: 'secondMakeSeconds', asks: 'second `npm start -- make`, nothing changed', unit: 's', reach: { atMost: 3 } },
    { id: 'secondMakeFfmpegs', asks: 'ffmpeg processes that it started', unit: 'processes', reach: { atMost: 0 } },
  ],
  async sample(workshop, round) {
    const { dataDir, outDir } = await workshop.sample();
    const spy = await workshop.once('wrapping ffmpeg', () => wrapFfmpeg(workshop));
    await writeFile(spy.log, '');
    workshop.say(`round ${round}: second make`);
    const startedMs = performance.now();
    await execa('npm', ['start', '--silent', '--', ...SAMPLE_ADVERT, '--data', dataDir, '--out', outDir], { cwd: root, stdin: 'ignore', env: { ADGEN_FFMPEG: spy.path } });
    const sample: Sample = { secondMakeSeconds: (performance.now() - startedMs) / 1000 };
    return spy.isWatching ? { ...sample, secondMakeFfmpegs: (await readFile(spy.log, 'utf8')).split('\n').filter(Boolean).length } : sample;
  },
};

interface Spy {
  readonly path: string;
  readonly log: string;
  readonly isWatching: boolean;
}

/** An ffmpeg that notes every start and then is the real one. A script with a #! line; on Windows starts are not counted. */
async function wrapFfmpeg(workshop: Workshop): Promise<Spy> {
  const { path: real } = await locateFfmpeg();
  const log = workshop.newPath('.log');
  if (process.platform === 'win32') return { path: real, log, isWatching: false };
  const path = workshop.newPath('.sh');
  await writeFile(path, `#!/bin/sh\necho started >> '${log}'\nexec '${real}' "$@"\n`);
  await chmod(path, 0o755);
  return { path, log, isWatching: true };
}
