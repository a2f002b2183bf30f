/** Runs the `adgen` command as a user would, in its own process. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { RunDocument } from '#engine/pipeline/run-document.ts';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const sampleCan = join(root, 'resources', 'samples', 'soda-can.jpg');
export const sampleMug = join(root, 'resources', 'samples', 'mug.jpg');
const main = join(root, 'cli', 'main.ts');
/** As scripts/run.mjs sets it. */
const compileCache = join(root, 'node_modules', '.cache', 'adgen-compiled');

export interface AdgenResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface AdgenOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
}

/** Starts the command; await it, or kill it. */
export function startAdgen(args: readonly string[], { env = {}, nodeOptions = [] }: AdgenOptions = {}) {
  return execa(process.execPath, ['--disable-warning=ExperimentalWarning', ...nodeOptions, main, ...args], { reject: false, env: { NO_COLOR: '1', NODE_COMPILE_CACHE: compileCache, ...env }, stdin: 'ignore', cwd: root });
}

/** Starts it as `npm start --` does, through the setup. */
export function startThroughNpm(args: readonly string[]) {
  return execa(process.execPath, [join(root, 'scripts', 'start.mjs'), ...args], { reject: false, env: { NO_COLOR: '1' }, stdin: 'ignore', cwd: root });
}

export async function adgen(args: readonly string[], options: AdgenOptions = {}): Promise<AdgenResult> {
  const { exitCode, stdout, stderr } = await startAdgen(args, options);
  return { exitCode: exitCode ?? -1, stdout, stderr };
}

/** The shortest advert that has everything: one ratio, six seconds, three scenes. */
export const SHORT = ['--ratios', '1:1', '--duration', '6', '--scenes', '3', '--name', 'Fizzo', '--description', 'Blood orange soda, 330 ml', '--cta', 'Taste it'] as const;

/** `make --json`; fails loudly with stderr. */
export async function makeAdvert(args: readonly string[], options: AdgenOptions = {}): Promise<RunDocument> {
  const result = await adgen(['make', '--json', ...args], options);
  if (result.exitCode !== 0) throw new Error(`make ended with ${result.exitCode}:\n${result.stderr}`);
  return JSON.parse(result.stdout) as RunDocument;
}

/** A fresh folder for a test, and its removal. */
export async function scratchFolder(name: string): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), `adgen-${name}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
