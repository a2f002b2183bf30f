/** Makes tens of thousands of files survive a power cut with one call; flushing each of them would take minutes. */
import { runProgram } from './run-program.ts';

const PATIENCE_MS = 300_000;

/**
 * `sync -f` writes out the whole volume of `folder`. Systems without it (Windows, macOS) write within seconds by themselves; what a
 * power cut in those seconds takes is found by the engine's list of files.
 */
export async function flushVolume(folder: string, signal: AbortSignal): Promise<void> {
  if (process.platform !== 'linux') return;
  try {
    await runProgram('sync', { args: ['-f', folder], timeoutMs: PATIENCE_MS, signal });
  } catch {
    signal.throwIfAborted(); // a system without the program: as on the others
  }
}
