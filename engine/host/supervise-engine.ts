/**
 * Keeps an engine process running: one that crashes or falls silent is replaced by a fresh one on the same port with the same
 * token, so open pages go on, and runs that it was working on are resumed by the new one. When that happens too often it gives up. Knows no
 * kind of process: the starter does.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { AdgenError, serializeError } from '#core/contract/errors.ts';
import type { SidecarAccess } from '#sidecar/access/types.ts';
import type { EngineExit, EngineStarter, StartedEngine } from './engine-starter.ts';
import type { HostTools } from './host-tools.ts';
import { addressOf, createToken } from './http-server.ts';
import { createRestartBudget } from './restart-budget.ts';
import { watchSilence } from './silence-watch.ts';

export interface SupervisorOptions {
  readonly dataDir: string;
  /** On 127.0.0.1; 0 = any free one. */
  readonly port: number;
  /** The host's sidecar; every engine is given the same. */
  readonly sidecar?: SidecarAccess;
  /** Every engine is given the same. */
  readonly hostTools?: HostTools;
  /** Sentences for the user. */
  onNote(text: string): void;
  readonly beatMs?: number;
}

export interface SupervisedEngine {
  readonly port: number;
  readonly token: string;
  readonly url: string;
  /** The engine process of this moment. */
  readonly pid: number;
  /** Resolves after `dispose`; rejects when the engine could not be kept running. */
  readonly ended: Promise<void>;
  dispose(): Promise<void>;
}

const BEAT_MS = 5000;
const BUDGET = { most: 5, regainMs: 60_000 };
/** A moment for the system to give the port back, and for a crash that would come again at once. */
const PAUSE_MS = 200;

/** Resolves when the engine serves. Rejects when even the first start fails. */
export async function superviseEngine(starter: EngineStarter, options: SupervisorOptions): Promise<SupervisedEngine> {
  const token = createToken();
  const closing = new AbortController();
  let engine = await startWatched(starter, options, { port: options.port, token });
  const { port } = engine;
  const budget = createRestartBudget(BUDGET);

  const replace = async (exit: EngineExit): Promise<StartedEngine | undefined> => {
    let reason = exit.signal ?? `code ${exit.exitCode}`;
    while (budget.take(performance.now())) {
      options.onNote(`The engine ended unexpectedly (${reason}) and is started again; finished work is kept.`);
      await delay(PAUSE_MS, undefined, { signal: closing.signal }).catch(() => {});
      if (closing.signal.aborted) return undefined;
      try {
        return await startWatched(starter, options, { port, token });
      } catch (error) {
        reason = serializeError(error).message;
      }
    }
    throw new AdgenError('INTERNAL', `The engine ended too often (last: ${reason}). Finished work is kept; start the program again.`);
  };
  const keepRunning = async (): Promise<void> => {
    for (;;) {
      const exit = await engine.exited;
      if (closing.signal.aborted) return;
      const next = await replace(exit);
      if (!next) return;
      engine = next;
      if (closing.signal.aborted) return await engine.dispose();
    }
  };
  const ended = keepRunning();
  ended.catch(() => {}); // whoever waits for `ended` is told
  return {
    port, token, ended,
    url: addressOf(port, token),
    get pid() {
      return engine.pid;
    },
    async dispose() {
      closing.abort();
      await engine.dispose();
      await ended.catch(() => {});
    },
  };
}

/** One engine process with its watch; the watch ends with the process. */
async function startWatched(starter: EngineStarter, options: SupervisorOptions, { port, token }: { port: number; token: string }): Promise<StartedEngine> {
  const { dataDir, onNote, beatMs = BEAT_MS, sidecar, hostTools } = options;
  let onBeat = (): void => {};
  const engine = await starter.start({ dataDir, port, token, beatMs, onNote, onBeat: () => onBeat(), ...(sidecar ? { sidecar } : {}), ...(hostTools ? { hostTools } : {}) });
  const watch = watchSilence({ beatMs, onSlow: () => onNote('The engine is slow to answer; waiting.'), onSilent: () => engine.kill() });
  onBeat = watch.beat;
  void engine.exited.then(watch.stop);
  return engine;
}
