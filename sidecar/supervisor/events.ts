/** What can happen to an engine, and what the reducer may want done about it. */
import type { ProcessExit } from './exit-codes.ts';
import type { Problem } from './problems.ts';
import type { TimerName } from './states.ts';

/** Said by the user, the client or the clock. */
type OutsideEvent =
  | { readonly type: 'start' }
  | { readonly type: 'stop'; readonly isQuit?: boolean }
  | { readonly type: 'attach'; readonly url: string }
  | { readonly type: 'job-started' | 'job-ended' | 'job-out-of-memory' | 'job-stuck' | 'job-released'; readonly jobId: string }
  | { readonly type: 'ws-down' | 'ws-up' }
  | { readonly type: 'timer'; readonly timer: TimerName };

/** Said by or about one process; `run` says which. */
type ProcessEvent =
  | { readonly type: 'spawn-failed'; readonly problem: Problem }
  | { readonly type: 'hello' }
  /** A line was printed; `activity` when it tells what the start is at. */
  | { readonly type: 'output'; readonly activity?: string }
  /** Processor time was used. */
  | { readonly type: 'worked' }
  | { readonly type: 'listen'; readonly port: number }
  | { readonly type: 'identity'; readonly port: number; readonly answer: 'ours' | 'foreign' | 'none' }
  | { readonly type: 'object-info'; readonly answer: 'ok' | 'unreadable' | 'none' }
  | { readonly type: 'probe'; readonly answer: 'ok' | 'refused' | 'timeout' | 'foreign' }
  | { readonly type: 'exited'; readonly exit: ProcessExit }
  /** Neither the process nor anything that it started is left. */
  | { readonly type: 'tree-gone' };

/** `atMs` is of a clock that only goes forward. */
export type EngineEvent = { readonly atMs: number } & (OutsideEvent | (ProcessEvent & { readonly run: number }));
export type EventOf<Type extends EngineEvent['type']> = EngineEvent & { readonly type: Type };

export type Effect =
  | { readonly type: 'spawn'; readonly flags: readonly string[] }
  | { readonly type: 'check-identity' | 'load-object-info' | 'probe' | 'free-memory'; readonly port: number }
  | { readonly type: 'probe-external'; readonly url: string }
  | { readonly type: 'send-stop' | 'terminate' }
  /** Kill whatever is left and say `tree-gone` when nothing is. */
  | { readonly type: 'kill-tree' }
  /** For the client: send it again; keep it back; ask the user for a smaller one. */
  | { readonly type: 'requeue-job' | 'hold-job' | 'ask-smaller'; readonly jobId: string }
  | { readonly type: 'note'; readonly text: string };
