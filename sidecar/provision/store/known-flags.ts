/** Which options a version of ComfyUI knows: an unknown one would end its start, so its own help is asked once. */
import { storeError } from './store-errors.ts';
import { runProgram } from './run-program.ts';

/** Python reads its own files from a cold disk, nothing more. */
const HELP_MS = 180_000;
const SHOWN_LINES = 3;

/** `--options` in a help text, sorted. Pure. */
export function parseHelp(text: string): string[] {
  return [...new Set([...text.matchAll(/(?<![\w-])--[a-z0-9][a-z0-9-]*/g)].map(([flag]) => flag))].sort();
}

/** Runs `main.py --help`, which writes nothing. Throws ENV_BROKEN with its last lines when that does not work. */
export async function askKnownFlags(options: { pythonPath: string; mainPath: string; workDir: string; signal: AbortSignal }): Promise<string[]> {
  const { pythonPath, mainPath, workDir, signal } = options;
  const result = await runProgram(pythonPath, { args: ['-s', mainPath, '--help'], timeoutMs: HELP_MS, signal, cwd: workDir, env: { PYTHONDONTWRITEBYTECODE: '1' } }).catch((error: NodeJS.ErrnoException) => {
    signal.throwIfAborted();
    throw storeError('ENV_BROKEN', `The Python at "${pythonPath}" cannot be started (${error.code ?? error.message}).`, { cause: error });
  });
  const flags = parseHelp(result.stdout);
  if (result.code === 0 && flags.includes('--listen')) return flags;
  const last = result.stderr.trim().split('\n').slice(-SHOWN_LINES).join(' ').trim().slice(0, 400).replace(/\.$/, '');
  throw storeError('ENV_BROKEN', `ComfyUI at "${mainPath}" does not start: ${result.isTimeout ? 'it did not answer in time' : last || `it ended with code ${result.code}`}.`);
}
