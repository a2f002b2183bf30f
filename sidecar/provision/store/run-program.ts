/** Runs a short program to its end and keeps what it says. Leads a process group, so that all of it is gone when the caller gives up. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { engineEnvironment } from '#sidecar/supervisor/environment.ts';
import { killTree } from '#sidecar/supervisor/process-tree.ts';

export interface ProgramResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** It was ended because it took too long. */
  readonly isTimeout: boolean;
}

export interface ProgramOptions {
  readonly args: readonly string[];
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Of what it says; the rest is read and forgotten. */
const MOST_CHARACTERS = 256 * 1024;

/** In the environment of an engine. Rejects when it cannot be started, and with the signal's reason. */
export async function runProgram(file: string, { args, timeoutMs, signal, cwd, env }: ProgramOptions): Promise<ProgramResult> {
  signal.throwIfAborted();
  const run = randomUUID();
  const limit = AbortSignal.timeout(timeoutMs);
  const result = await new Promise<ProgramResult>((resolve, reject) => {
    const child = spawn(file, args, { cwd, env: { ...engineEnvironment(process.env, run), ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32', windowsHide: true });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => void (said[name] = (said[name] + text).slice(0, MOST_CHARACTERS)));
    }
    const end = (): void => {
      if (child.pid !== undefined) killTree({ pid: child.pid, run });
    };
    signal.addEventListener('abort', end, { once: true });
    limit.addEventListener('abort', end, { once: true });
    child.on('error', reject);
    child.on('close', (code) => {
      signal.removeEventListener('abort', end);
      limit.removeEventListener('abort', end);
      resolve({ code, ...said, isTimeout: limit.aborted });
    });
  });
  signal.throwIfAborted();
  return result;
}
