/** What can be wrong with the engine: a stable code, one sentence that says what happened, one that says what to do. */
import { AdgenError } from '#core/contract/errors.ts';

export type ProblemCode =
  | 'BOOT_SILENT' | 'BOOT_SLOW' | 'BOOT_EXIT' | 'PORT_DENIED'
  | 'ENV_BROKEN' | 'ENV_LOCKED' | 'GPU_DRIVER'
  | 'ENGINE_LOST' | 'ENGINE_LOOP' | 'ENGINE_FOREIGN' | 'ENGINE_IN_USE' | 'ENGINE_STUCK'
  | 'JOB_RAM';

export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly action: string;
  /** The end of the engine's log, where it says more than we can. */
  readonly lastLines?: readonly string[];
}

/** For those who await: the sentence, the action, and the code in `data`. The same may work again only after the action. */
export function toError(problem: Problem): AdgenError {
  return new AdgenError('PROVIDER_UNAVAILABLE', `${problem.message} ${problem.action}`, { data: { ...problem } });
}

export const bootSilent = (activity: string, seconds: number): Problem => ({
  code: 'BOOT_SILENT',
  message: `The start of the engine stopped at "${activity}": ${seconds} s without a line or any work.`,
  action: 'Start it again; if that does not help, repair the engine.',
});

export const bootSlow = (activity: string, minutes: number): Problem => ({
  code: 'BOOT_SLOW',
  message: `The engine was not ready after ${minutes} minutes; it was at "${activity}".`,
  action: 'Close other programs and start it again.',
});

export const noObjectInfo = (seconds: number): Problem => ({
  code: 'BOOT_SILENT',
  message: `The engine runs but did not list its nodes within ${seconds} s.`,
  action: 'Start it again; if that does not help, repair the engine.',
});

export const unreadableObjectInfo: Problem = {
  code: 'ENV_BROKEN',
  message: 'The engine runs but its list of nodes cannot be read.',
  action: 'Repair the engine; your media are kept.',
};

export const foreignServer = (port: number): Problem => ({
  code: 'ENGINE_FOREIGN',
  message: `Another server answers on port ${port} in place of the engine; it was left alone.`,
  action: 'Start the engine again, or use the other server by its address.',
});

export const engineInUse = (pid: number): Problem => ({
  code: 'ENGINE_IN_USE',
  message: `The engine is already in use by another run of this program (process ${pid}).`,
  action: 'Close the other one first.',
});

export const engineStuck = (seconds: number): Problem => ({
  code: 'ENGINE_STUCK',
  message: `Processes of the engine were still there ${seconds} s after they were killed.`,
  action: 'Restart the computer if the GPU stays busy.',
});

export const nobodyListens = (port: number): Problem => ({
  code: 'ENGINE_LOST',
  message: `The engine no longer listens on port ${port}.`,
  action: 'It is started again; nothing to do.',
});

export const stuckJob = (jobId: string): Problem => ({
  code: 'ENGINE_LOST',
  message: `The engine stopped working in the middle of job ${jobId}.`,
  action: 'It is started again; nothing to do.',
});

export const engineLoop = (times: number, last: Problem): Problem => ({
  code: 'ENGINE_LOOP',
  message: `The engine was started again ${times} times and ended each time. Last: ${last.message}`,
  action: 'Start it again with smaller settings, or repair it.',
  ...(last.lastLines ? { lastLines: last.lastLines } : {}),
});
