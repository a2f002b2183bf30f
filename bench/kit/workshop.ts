/**
 * Where the benches work: a scratch folder that is gone afterwards, the sample advert made once, a data folder in which all
 * but its rendering is done, and the floors. What several questions need is measured once per round and shared, so that
 * ratios are taken from the same minutes.
 */
import { rmSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ratio } from '#core/project/ratio.ts';
import { runAdgen, SAMPLE_ADVERT } from './adgen.ts';
import { forgetSteps, RENDERING } from './forget-steps.ts';
import { measureFloor } from './floor.ts';
import type { Floor } from './floor.ts';

/** One per run of the benches; see `inWorkshop`. */
export class Workshop {
  readonly folder: string;
  readonly say: (text: string) => void;
  readonly #shared = new Map<string, Promise<unknown>>();
  #names = 0;

  constructor(folder: string, say: (text: string) => void) {
    this.folder = folder;
    this.say = say;
  }

  /** A new path in the scratch folder; nothing is there yet. */
  newPath(extension = ''): string {
    return join(this.folder, `${++this.#names}${extension}`);
  }

  /** Does `work` once per name (and round, where the name holds it). */
  once<T>(name: string, work: () => Promise<T>): Promise<T> {
    const known = this.#shared.get(name) as Promise<T> | undefined;
    if (known) return known;
    this.say(name);
    const result = work();
    this.#shared.set(name, result);
    return result;
  }

  /** The sample advert, finished: its data folder and output folder. Neither is to be changed. */
  sample(): Promise<{ readonly dataDir: string; readonly outDir: string }> {
    return this.once('making the sample advert', async () => {
      const made = { dataDir: this.newPath(), outDir: this.newPath() };
      await runAdgen([...SAMPLE_ADVERT, '--data', made.dataDir, '--out', made.outDir]);
      return made;
    });
  }

  /** A fresh copy of the sample's data folder in which nothing has been rendered yet. */
  async unrendered(): Promise<string> {
    const { dataDir } = await this.sample();
    const template = await this.once('forgetting its rendering', async () => {
      const copy = this.newPath();
      await cp(dataDir, copy, { recursive: true });
      await forgetSteps(copy, RENDERING);
      return copy;
    });
    const copy = this.newPath();
    await cp(template, copy, { recursive: true });
    return copy;
  }

  /** What one ratio of the sample costs at least, in this round. */
  floor(ratio: Ratio, round: number): Promise<Floor> {
    return this.once(`round ${round}: floor of ${ratio}`, async () => measureFloor(await this.sample(), ratio, this));
  }
}

/** Opens a workshop for `work` and clears it away however that ends, Ctrl-C included. */
export async function inWorkshop<T>(say: (text: string) => void, work: (workshop: Workshop) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'adgen-bench-'));
  const interrupt = (): void => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(130); // what is being measured ends with this process
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    return await work(new Workshop(folder, say));
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    await rm(folder, { recursive: true, force: true });
  }
}
