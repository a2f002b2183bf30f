/** One process of the engine: what it says becomes events, what the reducer wants of it is done. A new process gets a new one of these. */
import { parseBootLine, activityOf, type BootLine } from './boot-lines.ts';
import type { Clock } from './clock.ts';
import type { EngineCommand } from './engine-command.ts';
import type { EngineHttp } from './engine-http.ts';
import type { EngineEvent } from './events.ts';
import type { Problem } from './problems.ts';
import type { RotatingLog } from './rotating-log.ts';
import type { EngineProcess, SpawnEngine } from './spawn-engine.ts';

/** An event of this process, without what its supervisor adds. */
export type RunEvent = DistributiveOmit<Extract<EngineEvent, { run: number }>, 'run' | 'atMs'>;
type DistributiveOmit<Type, Key extends PropertyKey> = Type extends unknown ? Omit<Type, Key> : never;

export interface EngineRun {
  readonly pid: number | undefined;
  sendStop(): void;
  terminate(): void;
  /** Kills until nothing is left, and says so; gives up when `isWanted` no longer holds. */
  killUntilGone(isWanted: () => boolean): void;
}

export interface EngineRunOptions {
  readonly command: EngineCommand;
  readonly spawn: SpawnEngine;
  readonly clock: Clock;
  readonly log: RotatingLog;
  onEvent(event: RunEvent): void;
}

const TAIL_LINES = 60;
/** A flood of lines is one sign of life four times a second. */
const OUTPUT_MS = 250;
/** Per beat of two seconds: more than an idle interpreter needs. */
const WORK_S = 0.02;
const GONE_POLL_MS = 50;

export function startEngineRun({ command, spawn, clock, log, onEvent }: EngineRunOptions): EngineRun {
  let tail: string[] = [];
  let lastOutputMs = -Infinity;
  let cpuS = 0;

  const onBootLine = (line: BootLine): void => {
    if (line.event === 'HELLO') onEvent({ type: 'hello' });
    if (line.event === 'LISTEN') onEvent({ type: 'listen', port: line.port });
    if (line.event !== 'BEAT') return;
    if (line.cpu - cpuS >= WORK_S) onEvent({ type: 'worked' });
    cpuS = line.cpu;
  };
  const onLines = (lines: readonly string[]): void => {
    const others: string[] = [];
    for (const line of lines) {
      const said = parseBootLine(line, command.run);
      if (said === undefined) others.push(line);
      else onBootLine(said);
    }
    if (others.length === 0) return;
    tail = [...tail, ...others.slice(-TAIL_LINES)].slice(-TAIL_LINES);
    log.write(others);
    const activity = others.findLast((line) => activityOf(line) !== undefined);
    if (activity === undefined && clock.nowMs() - lastOutputMs < OUTPUT_MS) return;
    lastOutputMs = clock.nowMs();
    onEvent({ type: 'output', activity: activity === undefined ? undefined : activityOf(activity) });
  };

  log.write([`— engine is started: ${command.file} ${command.args.join(' ')}`]);
  const child: EngineProcess | undefined = spawn(command, {
    onLines,
    onExit(code, signal) {
      log.write([`— engine ended: ${signal ?? `code ${code}`}`]);
      onEvent({ type: 'exited', exit: { code, signal, lastLines: tail } });
    },
    onFailure: (error) => onEvent({ type: 'spawn-failed', problem: spawnProblem(command.file, error) }),
  });
  return {
    pid: child?.pid,
    sendStop: () => child?.say('stop'),
    terminate: () => child?.terminate(),
    killUntilGone(isWanted) {
      const look = (): void => {
        if (!isWanted()) return;
        child?.killTree();
        if (!child || child.members().length === 0) onEvent({ type: 'tree-gone' });
        else clock.after(GONE_POLL_MS, look);
      };
      look();
    },
  };
}

/** Answers of the server become events of this process. */
export function askEngine(http: EngineHttp, effect: { readonly type: 'check-identity' | 'load-object-info' | 'probe' | 'free-memory'; readonly port: number }, onEvent: (event: RunEvent) => void): void {
  const { port } = effect;
  if (effect.type === 'check-identity') void http.identity(port).then((answer) => onEvent({ type: 'identity', port, answer }));
  if (effect.type === 'load-object-info') void http.objectInfo(port).then((answer) => onEvent({ type: 'object-info', answer }));
  if (effect.type === 'probe') void http.probe(port).then((answer) => onEvent({ type: 'probe', answer }));
  if (effect.type === 'free-memory') void http.free(port);
}

function spawnProblem(file: string, error: NodeJS.ErrnoException): Problem {
  if (['EBUSY', 'EPERM', 'EACCES', 'ETXTBSY'].includes(error.code ?? '')) {
    return { code: 'ENV_LOCKED', message: `The engine's Python cannot be run (${error.code}): ${file}.`, action: 'Close the program that holds it, or allow it in your security program.' };
  }
  return { code: 'ENV_BROKEN', message: `The engine's Python could not be started (${error.code ?? error.message}): ${file}.`, action: 'Repair the engine; your media are kept.' };
}
