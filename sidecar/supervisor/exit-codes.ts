/**
 * What an exit code says about a process that should not have ended. Codes above 0xC0000000 are Windows' NTSTATUS values; 128 + n
 * is a signal reported by a shell in between. Pure; the signals that we send ourselves never get here.
 */
import type { Problem, ProblemCode } from './problems.ts';

export interface ProcessExit {
  readonly code: number | null;
  readonly signal: string | null;
  /** The end of its log. */
  readonly lastLines: readonly string[];
}

export interface ExitVerdict {
  readonly problem: Problem;
  /** The system ran out of main memory, or most likely so. */
  readonly isMemory: boolean;
}

const SIGNALS: Readonly<Record<number, string>> = { 129: 'SIGHUP', 130: 'SIGINT', 132: 'SIGILL', 134: 'SIGABRT', 135: 'SIGBUS', 136: 'SIGFPE', 137: 'SIGKILL', 139: 'SIGSEGV', 143: 'SIGTERM' };
const ACCESS_VIOLATION = 0xc0000005;
const WINDOWS: Readonly<Record<number, string>> = {
  [ACCESS_VIOLATION]: 'access violation',
  0xc0000017: 'not enough memory',
  0xc000012d: 'page file too small',
  0xc0000135: 'a DLL is missing',
  0xc0000142: 'a DLL could not start',
  0xc000001d: 'illegal instruction',
  0xc0000374: 'damaged heap',
  0xc0000409: 'stack overrun',
};
/** The last line of a Python traceback: it alone says why; a log mentions many errors that were nothing. */
const RAISED = /^[\w.]*(?:Error|Exception)(?::|$)/;
const NO_GPU = /Torch not compiled with|No CUDA GPUs are available|Found no NVIDIA driver|driver version is insufficient|no kernel image is available|No HIP GPUs/i;
const SHOWN_LINES = 5;
const REPAIR = 'Repair the engine; your media are kept.';

/** `isLoading`: it was starting or had a job on board, the moments in which models fill the memory. */
export function classifyExit(exit: ProcessExit, isLoading: boolean): ExitVerdict {
  const text = exit.lastLines.join('\n');
  const code = (exit.code ?? 0) >>> 0; // Node gives Windows' codes unsigned, Python's exit codes may be negative
  const signal = exit.signal ?? SIGNALS[code];
  const how = signal ?? WINDOWS[code] ?? `code ${exit.code}`;
  const verdict = (problemCode: ProblemCode, message: string, action: string, isMemory = false): ExitVerdict => ({
    isMemory, problem: { code: problemCode, message, action, lastLines: exit.lastLines.slice(-SHOWN_LINES) },
  });

  if (code === 0xc0000017 || code === 0xc000012d || /MemoryError|paging file is too small|Cannot allocate memory/i.test(text) || (isLoading && (signal === 'SIGKILL' || code === ACCESS_VIOLATION))) {
    return verdict('JOB_RAM', `The engine was ended while it loaded (${how}): the main memory most likely did not suffice.`, 'Close other programs, or make the page file larger.', true);
  }
  if (code === 0xc0000135 || code === 0xc0000142) return verdict('ENV_BROKEN', `The engine is damaged: ${how}.`, REPAIR);
  // A crash says nothing in its last lines about itself, only about what went before.
  if (signal !== undefined || code in WINDOWS) return verdict('ENGINE_LOST', `The engine crashed (${how}).`, 'Update the GPU driver if this happens again.');
  const said = (pattern: RegExp): string | undefined => exit.lastLines.findLast((line) => pattern.test(line))?.trim().slice(0, 300).replace(/\.$/, '');
  const raised = said(RAISED) ?? '';
  if (NO_GPU.test(raised)) return verdict('GPU_DRIVER', `The engine finds no GPU that its PyTorch can use: ${raised}.`, 'Update the GPU driver, or install an engine for this machine with "adgen sidecar install".');
  if (/^(?:ModuleNotFoundError|ImportError)\b/.test(raised)) return verdict('ENV_BROKEN', `The engine is damaged: ${raised}.`, REPAIR);
  if (/error while attempting to bind|WinError 10013/.test(text)) {
    return verdict('PORT_DENIED', 'The system did not let the engine open a port on this machine.', 'Allow it in the firewall or security program, then start again.');
  }
  if (/^PermissionError\b|WinError 32|being used by another process/.test(raised)) return verdict('ENV_LOCKED', `A file of the engine cannot be used: ${raised}.`, 'Close the program that holds it and start again.');
  const unknown = said(/unrecognized arguments/);
  if (unknown !== undefined) return verdict('BOOT_EXIT', `This version of the engine does not know an option: ${unknown}.`, 'Update the engine.');
  return verdict('BOOT_EXIT', `The engine ended by itself (${how})${raised === '' ? '' : `: ${raised}`}.`, 'Start it again; if that does not help, repair it.');
}
