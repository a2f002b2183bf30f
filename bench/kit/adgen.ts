/** The `adgen` command in its own process, as the benches measure it. */
import { dirname, join } from 'node:path';
import { execa } from 'execa';

export const root = dirname(dirname(import.meta.dirname));

/** The advert of the speed table: 15 s, four scenes, from one of the sample photos. */
export const SAMPLE_ADVERT = [
  'make', '--product', join(root, 'resources', 'samples', 'soda-can.jpg'), '--name', 'Fizzo', '--description', 'Blood orange soda, 330 ml', '--cta', 'Taste it', '--offline',
] as const;

/** Runs a TypeScript file of this project; fails with its last words. */
export async function runNode(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { stdout } = await execa(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], { cwd: root, env: { NO_COLOR: '1', ...env }, stdin: 'ignore' });
  return stdout;
}

/** Runs `adgen`. */
export async function runAdgen(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  return runNode([join(root, 'cli', 'main.ts'), ...args], env);
}
