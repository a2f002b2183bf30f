/**
 * Keeps one ComfyUI running for this program: holds the machine of `reducer.ts`, feeds it with what happens, and does what it says.
 * No rule stands here. Call it from the main thread of the host: on Linux the engine ends with the thread that started it.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import { createAlarm, type Clock, systemClock } from './clock.ts';
import { engineCommand, type EngineSpec } from './engine-command.ts';
import { createEngineHttp, type EngineHttp } from './engine-http.ts';
import { askEngine, startEngineRun, type EngineRun, type RunEvent } from './engine-run.ts';
import type { Effect, EngineEvent } from './events.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { toError } from './problems.ts';
import { startTokenOf } from './process-tree.ts';
import { reduce } from './reducer.ts';
import { openRotatingLog, type RotatingLog } from './rotating-log.ts';
import { reapLeftover, removeRunRecord, writeRunRecord } from './run-record.ts';
import { spawnEngine, type SpawnEngine } from './spawn-engine.ts';
import { createMachine, type EngineState, type History, isAtRest, servingOf } from './states.ts';

export interface SupervisorOptions {
  readonly spec: EngineSpec;
  /** `run.json` and `logs/` go here; not inside an engine. */
  readonly folder: string;
  readonly isFirstRun?: boolean;
  readonly limits?: Partial<Limits>;
  readonly clock?: Clock;
  readonly spawn?: SpawnEngine;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What the client of the server knows and the supervisor cannot see. */
export type ClientReport =
  | { readonly type: 'job-started' | 'job-ended' | 'job-out-of-memory' | 'job-stuck' | 'job-released'; readonly jobId: string }
  | { readonly type: 'ws-down' | 'ws-up' };

export interface SupervisorListener {
  onState?(state: EngineState, history: History): void;
  onNote?(text: string): void;
  /** For the queue: what becomes of a job that was on board. */
  onJob?(verdict: { readonly jobId: string; readonly action: 'requeue' | 'hold' | 'ask-smaller' }): void;
}

export interface Supervisor {
  readonly state: EngineState;
  readonly history: History;
  readonly log: RotatingLog;
  readonly pid: number | undefined;
  /** Where the server is, as soon as it is ready or attached; the nonce is what our own shows, if it can show any. */
  readonly url: string | undefined;
  readonly nonce: string | undefined;
  /** Resolves with the address when the engine is ready; rejects with one sentence and one action. */
  start(): Promise<string>;
  /** Resolves when all its processes are gone. An attached server is let go of, not stopped. */
  stop(): Promise<void>;
  /** Like `stop`, a little less patient, and for good. */
  quit(): Promise<void>;
  /** Uses somebody else's server; a running engine of ours is stopped first. */
  attach(url: string): Promise<void>;
  report(report: ClientReport): void;
  subscribe(listener: SupervisorListener): () => void;
}

/** So much less than the patience of the stop sequence, so that the boot script ends by itself first. */
const GRACE_SHARE = 0.6;

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { spec, folder, clock = systemClock, spawn = spawnEngine, env = process.env } = options;
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  const log = openFolder(folder);
  /** Old versions cannot: they are known by their arguments. */
  const showsNonce = spec.knownFlags?.has('--feature-flag') !== false;
  const listeners = new Set<SupervisorListener>();
  const alarm = createAlarm(clock, (timer) => dispatch({ type: 'timer', timer, atMs: clock.nowMs() }));
  let machine = createMachine({ isFirstRun: options.isFirstRun ?? false });
  let run: { readonly nonce: string; readonly engine: EngineRun; readonly http: EngineHttp } | undefined;
  let isClosed = false;
  const waiting: EngineEvent[] = [];
  let isReducing = false;

  /** Effects may cause events at once; those wait until the step is complete. */
  const dispatch = (event: EngineEvent): void => {
    waiting.push(event);
    if (isReducing) return;
    isReducing = true;
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const step = reduce(machine, next, limits);
        const hasChanged = step.machine.state !== machine.state;
        machine = step.machine;
        for (const effect of step.effects) perform(effect);
        if (next.type === 'tree-gone' && run) removeRunRecord(folder, run.nonce);
        if (hasChanged) tellAll((listener) => listener.onState?.(machine.state, machine.history));
      }
    } finally {
      isReducing = false;
      alarm.set(machine.timers);
    }
  };

  /** Events of a process carry its number, so that those of a former one are told apart. */
  const eventsOf = (number: number) => (event: RunEvent): void => dispatch({ ...event, run: number, atMs: clock.nowMs() });

  const perform = (effect: Effect): void => {
    const number = machine.run;
    switch (effect.type) {
      case 'spawn': return start(effect.flags, number);
      case 'check-identity': case 'load-object-info': case 'probe': case 'free-memory':
        if (effect.type === 'load-object-info') record(effect.port);
        if (run) askEngine(run.http, effect, eventsOf(number));
        return;
      case 'probe-external': return void externalHttp().probeUrl(effect.url).then((answer) => eventsOf(number)({ type: 'probe', answer }));
      case 'send-stop': return run?.engine.sendStop();
      case 'terminate': return run?.engine.terminate();
      case 'kill-tree': return run?.engine.killUntilGone(() => machine.run === number && (machine.state.name === 'stopping' || machine.state.name === 'crashed'));
      case 'requeue-job': case 'hold-job': case 'ask-smaller': {
        const action = effect.type === 'ask-smaller' ? effect.type : effect.type === 'hold-job' ? 'hold' : 'requeue';
        return tellAll((listener) => listener.onJob?.({ jobId: effect.jobId, action }));
      }
      case 'note': return tell(effect.text);
    }
  };
  const tell = (text: string): void => {
    log.write([`— ${text}`]);
    tellAll((listener) => listener.onNote?.(text));
  };
  /** What a listener throws is its own bug, and must not keep a process from being ended. */
  const tellAll = (say: (listener: SupervisorListener) => void): void => {
    for (const listener of listeners) {
      try {
        say(listener);
      } catch (error) {
        queueMicrotask(() => { throw error; });
      }
    }
  };
  const externalHttp = (): EngineHttp => createEngineHttp({ run: '', httpMs: limits.httpMs, objectInfoMs: limits.objectInfoMs });

  const start = (flags: readonly string[], number: number): void => {
    const nonce = randomUUID();
    const command = engineCommand(spec, { run: nonce, flags, stopGraceMs: limits.askMs * GRACE_SHARE, env });
    const http = createEngineHttp({ run: nonce, httpMs: limits.httpMs, objectInfoMs: limits.objectInfoMs, markInArgv: showsNonce ? undefined : spec.baseDir });
    run = { nonce, http, engine: startEngineRun({ command, spawn, clock, log, onEvent: eventsOf(number) }) };
    record();
  };

  /** Without a record the leash still holds; only a later start could not look for what is left. */
  const record = (port?: number): void => {
    if (run?.engine.pid === undefined) return;
    try {
      writeRunRecord(folder, { pid: run.engine.pid, startToken: startTokenOf(run.engine.pid), run: run.nonce, engineId: spec.engineId, port, showsRun: showsNonce });
    } catch (error) {
      tell(`The engine's folder cannot be written to (${(error as NodeJS.ErrnoException).code}): ${folder}.`);
    }
  };

  const settled = (isSettled: (state: EngineState) => boolean): Promise<EngineState> => new Promise((resolve) => {
    const listener: SupervisorListener = {
      onState(state) {
        if (!isSettled(state)) return;
        listeners.delete(listener);
        resolve(state);
      },
    };
    listeners.add(listener);
    listener.onState?.(machine.state, machine.history);
  });
  const urlOf = (state: EngineState): string | undefined => {
    const port = servingOf(state)?.port;
    return state.name === 'external' ? state.url : port === undefined ? undefined : `http://127.0.0.1:${port}`;
  };
  const stop = async (isQuit: boolean): Promise<void> => {
    dispatch({ type: 'stop', isQuit, atMs: clock.nowMs() });
    const state = await settled(isAtRest);
    await log.flush();
    if (state.name === 'broken' && state.problem.code === 'ENGINE_STUCK') throw toError(state.problem);
  };
  const assertOpen = (): void => {
    if (isClosed) throw new AdgenError('CONFLICT', 'The program is being closed; start it again to use the engine.');
  };

  return {
    log,
    get state() { return machine.state; },
    get history() { return machine.history; },
    get pid() { return isAtRest(machine.state) ? undefined : run?.engine.pid; },
    get url() { return urlOf(machine.state); },
    get nonce() { return servingOf(machine.state) && showsNonce ? run?.nonce : undefined; },
    async start() {
      const problem = isAtRest(machine.state) ? await reapLeftover(folder, limits.httpMs) : undefined;
      if (problem) throw toError(problem);
      assertOpen();
      dispatch({ type: 'start', atMs: clock.nowMs() });
      const state = await settled((each) => isAtRest(each) || urlOf(each) !== undefined);
      if (state.name === 'broken') throw toError(state.problem);
      const url = urlOf(state);
      if (url === undefined) throw Object.assign(new Error('The engine was stopped before it was ready.'), { name: 'AbortError' });
      return url;
    },
    stop: () => stop(false),
    quit() {
      isClosed = true;
      return stop(true);
    },
    async attach(url) {
      await stop(false);
      assertOpen();
      dispatch({ type: 'attach', url, atMs: clock.nowMs() });
    },
    report: (report) => dispatch({ ...report, atMs: clock.nowMs() }),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function openFolder(folder: string): RotatingLog {
  try {
    mkdirSync(folder, { recursive: true });
    return openRotatingLog(join(folder, 'logs'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const [kind, what, action] = code === 'ENOSPC' ? ['DISK_FULL', 'is full', 'Free some space there'] as const : ['READ_ONLY', `cannot be written to (${code})`, 'Allow writing there'] as const;
    throw new AdgenError(kind, `The engine's folder ${what}: ${folder}. ${action}, or choose another folder.`, { cause: error });
  }
}
