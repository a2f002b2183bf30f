/** Asks a program of the system something, with a time limit; a machine without that program is an ordinary answer. */
import { execa } from 'execa';

export interface ToolOutput {
  /** null when it did not end by itself. */
  readonly exitCode: number | null;
  readonly isTimedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Resolves with undefined when there is no such program or it may not be started. Never rejects. */
export type RunTool = (file: string, args: readonly string[]) => Promise<ToolOutput | undefined>;

/** A driver in trouble can hang its tools for minutes. */
const TIMEOUT_MS = 15_000;
const MAX_OUTPUT_CHARS = 4_000_000;

export function createRunTool(timeoutMs: number = TIMEOUT_MS): RunTool {
  return async (file, args) => {
    const result = await execa(file, args, {
      reject: false, timeout: timeoutMs, forceKillAfterDelay: 500, stdin: 'ignore', maxBuffer: MAX_OUTPUT_CHARS, windowsHide: true,
      env: { LC_ALL: 'C', LANG: 'C' },
    });
    const hasRun = result.exitCode !== undefined || result.isTerminated || result.isMaxBuffer;
    return hasRun ? { exitCode: result.exitCode ?? null, isTimedOut: result.timedOut, stdout: result.stdout, stderr: result.stderr } : undefined;
  };
}
