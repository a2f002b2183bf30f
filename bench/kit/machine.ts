/** On what a table was measured, so that two of them can be compared. */
import { execFileSync } from 'node:child_process';
import { arch, cpus, release, totalmem, type } from 'node:os';
import { locateFfmpeg } from '#engine/compositing/ffmpeg/locate-ffmpeg.ts';
import { root } from './adgen.ts';
import { isCpuKnown } from './usage.ts';

export interface Machine {
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
  readonly ffmpeg: string;
  readonly commit: string;
  /** What "CPU" means in this table. */
  readonly cpuTime: string;
}

export async function describeMachine(): Promise<Machine> {
  const processors = cpus();
  return {
    system: `${type()} ${release()} ${arch()}`,
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 1e8) / 10,
    node: process.version,
    ffmpeg: (await locateFfmpeg()).version,
    commit: commitOf(root),
    cpuTime: isCpuKnown ? 'user + system of the whole process tree' : 'not known on this system; wall time stands in',
  };
}

function commitOf(folder: string): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'unknown'; // a downloaded copy has no history
  }
}
