/** The `adgen` command in its own process, as the benches measure it. */
import { dirname, join } from 'node:path';
import { execa } from 'execa';

export const root = dirname(dirname(import.meta.dirname));

/** The advert of the speed table: 15 s, four scenes, from one of the sample photos. */
export const SAMPLE_ADVERT = [
  'make', '--product', join(root, 'resources', 'samples', 'soda-can.jpg'), '--name', 'Fizzo', '--description', 'Blood orange soda, 330 ml', '--cta', 'Taste it', '--offline',
] as const;

/** Runs a TypeScript file of this project to its end and returns its stdout; fails with its last words. */
export async function runNode(args: readonly string[]): Promise<string> {
  return (await startNode(['--disable-warning=ExperimentalWarning', ...args])).stdout;
}

/** Runs `adgen` to its end. */
export async function runAdgen(args: readonly string[]): Promise<string> {
  return (await startAdgen(args)).stdout;
}

/** Starts `adgen` the way its users do, wrapper included; await it. */
export function startAdgen(args: readonly string[]) {
  return startNode([join(root, 'scripts', 'start.mjs'), ...args]);
}

function startNode(args: readonly string[]) {
  return execa(process.execPath, args, { cwd: root, env: { NO_COLOR: '1' }, stdin: 'ignore' });
}
