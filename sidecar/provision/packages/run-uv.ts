/** Runs uv to its end: lines as they come, one sentence when it fails, and nothing of it left when it is cancelled or its starter dies. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { unpackedPath } from '#core/lib/unpacked-path.ts';
import { RUN_VARIABLE } from '#sidecar/supervisor/environment.ts';
import { type EngineProcess, spawnEngine } from '#sidecar/supervisor/spawn-engine.ts';
import { provisionError } from '../failures.ts';
import { whenGone } from '../when-gone.ts';
import type { UvCommand } from './uv-command.ts';
import { explainUvFailure } from './uv-failures.ts';

export interface RunUvOptions {
  readonly signal: AbortSignal;
  onLine?(line: string): void;
}

const LEASH = unpackedPath(join(import.meta.dirname, '..', 'leash.ts'));
/** The packed application's own binary runs no scripts; it names a Node that does. */
const nodeProgram = (): string => process.env['ADGEN_NODE'] || process.execPath;
/** Of what it says; more has no use. */
const LINES_KEPT = 200;

/**
 * Resolves when uv is done. There is no time limit: uv itself gives up on servers that fall silent, and a slow disk may take an hour.
 * Rejects with the signal's reason when cancelled, after the processes are gone; with an AdgenError for anything that uv reports.
 */
export async function runUv(command: UvCommand, { signal, onLine }: RunUvOptions): Promise<void> {
  signal.throwIfAborted();
  const lines: string[] = [];
  const run = randomUUID();
  const ending = await new Promise<{ exitCode: number | null; signal: string | null }>((resolve, reject) => {
    let started: EngineProcess | undefined;
    const cancel = (): void => started?.killTree();
    signal.addEventListener('abort', cancel, { once: true });
    const end = (settle: () => void): void => {
      signal.removeEventListener('abort', cancel);
      if (started === undefined) settle();
      else whenGone(started).then(settle, reject);
    };
    started = spawnEngine({ file: nodeProgram(), args: ['--disable-warning=ExperimentalWarning', LEASH, command.file, ...command.args], cwd: process.cwd(), env: { ...command.env, [RUN_VARIABLE]: run }, run }, {
      onLines(said) {
        lines.push(...said);
        if (lines.length > LINES_KEPT) lines.splice(0, lines.length - LINES_KEPT);
        for (const line of said) onLine?.(line);
      },
      onExit: (exitCode, name) => end(() => resolve({ exitCode, signal: name })),
      onFailure: (error) => end(() => reject(provisionError('DISK_READ_ONLY', `The program ${nodeProgram()} cannot be started (${error.code ?? error.message}).`, { cause: error }))),
    });
  });
  signal.throwIfAborted();
  if (ending.exitCode !== 0) throw explainUvFailure(command.purpose, lines, ending);
}
