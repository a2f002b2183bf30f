/** Engines that are one fixture each, run by the real boot script (or bare) with limits short enough for a test. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Limits } from '../limits.ts';
import { type SpawnEngine, spawnEngine } from '../spawn-engine.ts';
import type { SupervisorOptions } from '../supervisor.ts';

export const FIXTURES = join(import.meta.dirname, '..', 'fixtures');

/** Short, but longer than a start of Python on a busy machine. */
export const SHORT: Partial<Limits> = {
  helloMs: 15_000, silenceMs: 15_000, hardMs: 60_000, httpMs: 5000, identityRetryMs: 50, objectInfoMs: 10_000,
  probeMs: 500, probeAgainMs: 50, askMs: 1500, askQuitMs: 1500, terminateMs: 500, goneMs: 5000, restartDelaysMs: [50, 100, 150],
};

/** The interpreter itself: a shim in between would cost a shell for every start. */
export function findPython(): string | undefined {
  for (const name of ['python3', 'python']) {
    try {
      return execFileSync(name, ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    } catch {
      continue;
    }
  }
  return undefined;
}

export function fixtureOptions(options: { pythonPath: string; fixture: string; folder: string; limits?: Partial<Limits>; isBare?: boolean }): SupervisorOptions {
  const { pythonPath, fixture, folder, limits, isBare = false } = options;
  const mainPath = join(FIXTURES, fixture);
  const spawn: SpawnEngine = (command, listener) => {
    const env = { ...command.env, PYTHONDONTWRITEBYTECODE: '1' };
    return spawnEngine({ ...command, env, args: isBare ? [mainPath, ...command.args.filter((word) => word !== '--' && !word.endsWith('.py'))] : command.args }, listener);
  };
  return { spec: { engineId: fixture, pythonPath, mainPath, baseDir: folder }, folder, limits: { ...SHORT, ...limits }, spawn };
}
