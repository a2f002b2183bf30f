/**
 * What an engine (one ComfyUI process, or somebody else's server) can be. States are data; `reducer.ts` says how one follows from
 * another, `supervisor.ts` acts on it.
 *
 *   stopped ─ start ─▸ starting(spawned ▸ importing ▸ listening ▸ identified) ▸ ready ◂▸ busy, degraded
 *   any of these ─ it ends, or must be ended ─▸ crashed(n) ─ everything gone ─▸ restarting ▸ starting …, or broken(code)
 *   any of these ─ stop ─▸ stopping(asked ▸ terminated ▸ killed) ▸ stopped
 *   stopped, broken ─ attach ─▸ external, which is never started and never stopped
 */
import type { Problem } from './problems.ts';

/** `spawned`: no HELLO yet. `importing`: no port yet. `listening`: is it ours? `identified`: which nodes has it? */
export type StartPhase = 'spawned' | 'importing' | 'listening' | 'identified';

/** A server that was ready. Ready, busy and degraded are read off these facts, so that several can hold at once. */
export interface Serving {
  readonly port: number;
  /** What the server works on; it may take the server down. */
  readonly jobId?: string;
  readonly isWsDown: boolean;
  /** Probes in a row that were refused: nobody listens. */
  readonly refusals: number;
  /** Probes in a row without an answer in time: busy, or hung. */
  readonly misses: number;
}

export type StopStep = 'asked' | 'terminated' | 'killed';

export type EngineState =
  | { readonly name: 'stopped' }
  | { readonly name: 'starting'; readonly phase: StartPhase; readonly activity: string; readonly startedMs: number; readonly port?: number }
  | { readonly name: 'ready' | 'busy'; readonly serving: Serving }
  | { readonly name: 'degraded'; readonly cause: 'ws-down' | 'unresponsive'; readonly serving: Serving }
  | { readonly name: 'stopping'; readonly step: StopStep; readonly next: 'stopped' | 'restart' }
  | { readonly name: 'crashed'; readonly count: number; readonly problem: Problem; readonly next: 'retry' | 'stopped' }
  | { readonly name: 'restarting'; readonly attempt: number; readonly problem: Problem }
  | { readonly name: 'broken'; readonly problem: Problem }
  | { readonly name: 'external'; readonly url: string; readonly answer: 'unknown' | 'ok' | 'refused' | 'timeout' | 'foreign' };

export type TimerName =
  | 'hello' | 'note' | 'still-working' | 'silence' | 'hard' | 'identity' | 'object-info'
  | 'probe'
  | 'ask' | 'terminate' | 'gone'
  | 'backoff';

/** When each running timer is due, on the clock of the events. A state that is left takes its timers with it. */
export type Timers = Readonly<Partial<Record<TimerName, number>>>;

/** What outlives a process: why it may be started again, and how carefully. */
export interface History {
  /** The first start of an installation compiles and caches; it gets more time. */
  readonly isFirstRun: boolean;
  /** Since the user's last start. Only an engine that was ready once is started again by itself. */
  readonly wasReady: boolean;
  readonly crashes: number;
  readonly memoryCrashes: number;
  /** When it was started again. */
  readonly restartsMs: readonly number[];
  /** Per job: how often the engine went down with it, how often it ran out of GPU memory. */
  readonly crashesWith: Readonly<Record<string, number>>;
  readonly outOfMemory: Readonly<Record<string, number>>;
  /** Jobs that are not sent again until the user says so. */
  readonly held: readonly string[];
  /** How far down the two ladders of `memory-ladder.ts`. */
  readonly vramRung: number;
  readonly ramRung: number;
}

export interface Machine {
  /** Counts processes; what a former one still has to say is ignored. */
  readonly run: number;
  readonly state: EngineState;
  readonly history: History;
  readonly timers: Timers;
}

const FRESH = { wasReady: false, crashes: 0, memoryCrashes: 0, restartsMs: [] };

export function createMachine({ isFirstRun }: { readonly isFirstRun: boolean }): Machine {
  return { run: 0, state: { name: 'stopped' }, timers: {}, history: { ...FRESH, isFirstRun, crashesWith: {}, outOfMemory: {}, held: [], vramRung: 0, ramRung: 0 } };
}

/** The user's start wipes the restart budget; held jobs and the memory rung stay, for their reasons still hold. */
export const forgetCrashes = (history: History): History => ({ ...history, ...FRESH });

/** The name of the state that these facts amount to. */
export function serve(serving: Serving): EngineState {
  if (serving.refusals > 0 || serving.misses >= 2) return { name: 'degraded', cause: 'unresponsive', serving };
  if (serving.isWsDown) return { name: 'degraded', cause: 'ws-down', serving };
  return { name: serving.jobId === undefined ? 'ready' : 'busy', serving };
}

export const servingOf = (state: EngineState): Serving | undefined => ('serving' in state ? state.serving : undefined);

/** States that wait for the user, not for time or a process. */
export const isAtRest = (state: EngineState): boolean => state.name === 'stopped' || state.name === 'broken';
