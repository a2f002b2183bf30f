/**
 * The durable queue: journal first, act, journal the result. SQLite holds the truth; this process holds the graphs of the runs
 * it works on and starts their steps, lane by lane. Everything is written in "ticks": one transaction that journals what has
 * ended and what is about to start, so that a thousand small steps cost a few hundred commits' time and not a thousand waits.
 * It knows nothing of adverts: `handlers` do the work, the pipeline builds the graphs.
 */
import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { AdgenError, serializeError, type SerializedError } from '#core/contract/errors.ts';
import type { StudioDb } from '../db/open.ts';
import { ActiveRun } from './active-run.ts';
import { canceledError } from './canceled-error.ts';
import { reapOrphans } from './child-registry.ts';
import { Execution, type ExecutionEnd, type ExecutionEnvironment } from './execution.ts';
import { createJournal, type Journal } from './journal.ts';
import { createLaneLeases, type LaneLeases } from './lane-leases.ts';
import { createProcessRegistry, type ProcessRegistry } from './process-registry.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { RunEvent } from './run-events.ts';
import { move, type RunNode } from './run-graph.ts';
import { createRunJournal, FINAL_STAGE, type RunEnd, type RunJournal } from './run-journal.ts';
import { getRun, requestCancel, type RunRecord } from './run-store.ts';
import { StepLedger } from './step-ledger.ts';
import type { Lane, PreviewImage, Stage, StepHandler, StepOutput, StepSpec } from './types.ts';

export interface StepQueueOptions {
  readonly db: StudioDb;
  /** By `StepSpec.kind`. */
  readonly handlers: Readonly<Record<string, StepHandler>>;
  /** Whether an artifact is in the store. */
  readonly hasArtifact: (hash: string) => boolean;
  /** Places per lane; they belong to the machine and data folder, not to this process. */
  readonly lanes?: Partial<Record<Lane, number>>;
  readonly now?: () => number;
  readonly onEvent?: (event: RunEvent) => void;
  /** The wait before the second attempt at a transient error; it doubles from there. Default 400 ms. */
  readonly retryFirstMs?: number;
  /** How long the end of a run waits for handlers that were told to stop. Default 5000 ms. */
  readonly stoppingMs?: number;
}

export interface StepQueue {
  /** Resolves when work can be taken: where a journal could not be written for a while, that may be a moment later. `startRun` says whether it can. */
  ready(): Promise<void>;
  /** Makes this process the owner of a run, new or interrupted or ended. Throws NOT_FOUND, CONFLICT. */
  startRun(runId: string): RunRecord;
  setStage(runId: string, stage: Stage): void;
  /** Says how much all steps of a run will weigh together, so that progress does not wait for a graph that still grows. */
  expectWeight(runId: string, weight: number): void;
  /** Aborted at once when the run is canceled. */
  signalOf(runId: string): AbortSignal;
  /** Adds steps to a run's graph, as often as it grows. Durable when it returns. */
  submit(runId: string, steps: readonly StepSpec[]): void;
  /** Resolves when all have succeeded. Rejects with the first permanent error among them (or among what they need), or an AbortError. */
  waitFor(runId: string, keys: Iterable<string>): Promise<Map<string, StepOutput>>;
  /** Aborts what is left of the run, writes its end, and resolves when its handlers have stopped, or had `stoppingMs` to do so. */
  endRun(runId: string, end: RunEnd): Promise<void>;
  /** Cancels a run of any process; one of this process is over when it resolves. */
  cancelRun(runId: string): Promise<void>;
  /** Takes back what dead processes left running; returns the runs that can be resumed with `startRun`. */
  resumeInterrupted(): RunRecord[];
  /** Stops all handlers and leaves the runs resumable. */
  close(): Promise<void>;
}

/** Default places per lane. `gpu`: one works on the server, the next is queued there already, so that the GPU never waits. */
export function defaultLanes(): Record<Lane, number> {
  return { cpu: Math.max(1, availableParallelism() - 1), net: 4, io: 2, gpu: 2 };
}

export function createStepQueue(options: StepQueueOptions): BreakableQueue {
  return new DurableStepQueue(options);
}

/** A queue that stops for good when its journal cannot be written; `lasting-queue.ts` puts another in its place. */
export interface BreakableQueue extends StepQueue {
  readonly brokenBy: Error | undefined;
  /** It is broken, and nothing of it is at work any more. */
  readonly isOver: boolean;
}

const POLL_MS = 25;
/** Even when no other process has written anything, its death is noticed after this long. */
const RECHECK_MS = 250;
const REPORT_MS = 100;
const HEARTBEAT_MS = 2000;
/** A handler that does not stop by itself must not keep a run or the program from ending. */
const STOPPING_MS = 5000;
const LANES = ['cpu', 'io', 'net', 'gpu'] as const;

class DurableStepQueue implements BreakableQueue {
  readonly #options: StepQueueOptions;
  readonly #db: StudioDb;
  readonly #now: () => number;
  readonly #processes: ProcessRegistry;
  readonly #journal: Journal;
  readonly #runJournal: RunJournal;
  readonly #ledger: StepLedger;
  readonly #leases: LaneLeases;
  readonly #environment: ExecutionEnvironment;
  readonly #executions = new Map<string, Execution>();
  /** Their handlers are at work, even if nobody wants the result any more. */
  readonly #atWork = new Set<Execution>();
  readonly #attempts = new Map<string, number>();
  /** Steps that another process is running; its result will be ours. */
  readonly #elsewhere = new Set<RunNode>();
  readonly #reported = new Set<Execution>();
  #ended: { execution: Execution; end: ExecutionEnd }[] = [];
  #isTickDue = false;
  #isClosing = false;
  #broken: Error | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #heartbeat: NodeJS.Timeout;
  #seenVersion = -1;
  #recheckedMs = 0;
  #flushedMs = 0;
  #backup: Promise<unknown> = Promise.resolve();

  constructor(options: StepQueueOptions) {
    this.#options = options;
    this.#db = options.db;
    this.#now = options.now ?? Date.now;
    reapOrphans(options.db.dataDir);
    this.#processes = createProcessRegistry(options.db, this.#now);
    this.#journal = createJournal(options.db, options.hasArtifact, this.#processes.id, this.#now);
    this.#runJournal = createRunJournal(options.db, this.#processes, this.#now);
    this.#ledger = new StepLedger(this.#journal, this.#now);
    this.#leases = createLaneLeases(options.db, this.#processes, { ...defaultLanes(), ...options.lanes }, this.#now);
    this.#environment = {
      handlers: options.handlers,
      hasArtifact: options.hasArtifact,
      loadOutput: (key) => this.#journal.loadOutput(key),
      onReport: (execution) => this.#reported.add(execution),
      onPreview: (execution, image) => this.#showPreview(execution, image),
    };
    this.#heartbeat = setInterval(() => this.#guard(() => this.#write(() => this.#processes.beat())), HEARTBEAT_MS).unref();
    this.#write(() => this.#sweepDead());
  }

  get brokenBy(): Error | undefined {
    return this.#broken;
  }

  get isOver(): boolean {
    return this.#broken !== undefined && this.#ledger.runs.size === 0 && this.#atWork.size === 0;
  }

  // ── Runs ────────────────────────────────────────────────────────────────────────────────────────────────────────

  async ready(): Promise<void> {
    // A queue takes work until it breaks; then for good no more.
  }

  startRun(runId: string): RunRecord {
    if (!this.#ledger.runs.has(runId)) {
      const run = this.#write(() => {
        const { stage, progress } = this.#runJournal.take(runId);
        this.#ledger.emit(runId, { type: 'run', state: 'running', stage, progress });
        return new ActiveRun(runId, stage, progress);
      });
      this.#ledger.runs.set(runId, run);
      this.#timer ??= setInterval(() => this.#guard(() => this.#poll()), POLL_MS);
    }
    return getRun(this.#db, runId);
  }

  setStage(runId: string, stage: Stage): void {
    const run = this.#runOf(runId);
    if (run.stage === stage) return;
    this.#write(() => {
      this.#runJournal.setStage(runId, stage);
      run.stage = stage;
      this.#ledger.emit(runId, { type: 'run', state: 'running', stage, progress: run.progress });
    });
  }

  expectWeight(runId: string, weight: number): void {
    this.#runOf(runId).expectWeight(weight);
  }

  signalOf(runId: string): AbortSignal {
    return this.#runOf(runId).controller.signal;
  }

  submit(runId: string, steps: readonly StepSpec[]): void {
    if (!this.#ledger.runs.has(runId)) this.startRun(runId);
    const run = this.#runOf(runId);
    run.controller.signal.throwIfAborted();
    this.#write(() => this.#ledger.submit(run, steps));
    this.#wake();
  }

  async waitFor(runId: string, keys: Iterable<string>): Promise<Map<string, StepOutput>> {
    const run = this.#runOf(runId);
    const wanted = [...keys];
    const open: string[] = [];
    for (const key of wanted) {
      const node = run.graph.nodes.get(key);
      if (node === undefined) throw new AdgenError('INTERNAL', `Step ${key.slice(0, 12)}… was not submitted for run ${runId}.`);
      if (node.state === 'failed' || node.state === 'canceled') throw node.error ?? canceledError();
      if (node.state !== 'succeeded') open.push(key);
    }
    await run.waits.for(open);
    return new Map(wanted.map((key) => [key, this.#journal.loadOutput(key)]));
  }

  async cancelRun(runId: string): Promise<void> {
    if (!this.#ledger.runs.has(runId)) return void requestCancel(this.#db, runId, this.#now);
    this.#guard(() => this.#write(() => this.#runJournal.requestCancel(runId)));
    await this.endRun(runId, { state: 'canceled' });
  }

  async endRun(runId: string, end: RunEnd): Promise<void> {
    const run = this.#ledger.runs.get(runId);
    if (this.#isClosing && end.state === 'canceled') return; // the program's end is no wish of the user's: the run stays resumable
    if (run !== undefined) await (run.ending ??= this.#end(run, end));
  }

  async #end(run: ActiveRun, end: RunEnd): Promise<void> {
    const stopped = this.#stopRun(run, end.error ?? canceledError());
    await this.#untilStopped(stopped);
    const progress = end.state === 'succeeded' ? 1 : run.progress;
    // A journal that cannot be written leaves the run "running" under a dead owner: that is what resume looks for.
    this.#guard(() =>
      this.#write(() => {
        this.#runJournal.setProgress(run.id, progress);
        this.#runJournal.end(run.id, end);
        this.#ledger.emit(run.id, { type: 'run', state: end.state, stage: FINAL_STAGE[end.state], progress, ...errorOf(end) });
      }),
    );
    this.#ledger.runs.delete(run.id);
    this.#stopPollingWhenIdle();
    this.#backup = this.#db.backup().catch(() => false); // the last backup stays; the next run tries again
  }

  /** Aborts the handlers that only this run wanted, at once, and returns them. */
  #stopRun(run: ActiveRun, error: Error): Execution[] {
    const stopped: Execution[] = [];
    for (const node of run.graph.unfinished()) {
      move(node, 'cancel');
      if (error.name !== 'AbortError') node.error = error;
      this.#elsewhere.delete(node);
      const execution = this.#executions.get(node.spec.key);
      if (execution?.nodes.delete(node) !== true || execution.nodes.size > 0) continue;
      execution.abort();
      stopped.push(execution);
    }
    run.fail(error);
    return stopped;
  }

  async #untilStopped(executions: readonly Execution[]): Promise<void> {
    const allEnded = Promise.all(executions.map(async (execution) => await execution.ended.promise));
    await Promise.race([allEnded, delay(this.#options.stoppingMs ?? STOPPING_MS, undefined, { ref: false })]);
  }

  resumeInterrupted(): RunRecord[] {
    this.#write(() => this.#sweepDead());
    return this.#runJournal.listInterrupted().map((id) => getRun(this.#db, id));
  }

  async close(): Promise<void> {
    if (this.#isClosing) return;
    this.#isClosing = true;
    const executions = [...this.#executions.values()];
    for (const execution of executions) execution.abort();
    for (const run of this.#ledger.runs.values()) run.fail(canceledError('The program is closing; the run can be resumed.'));
    await this.#untilStopped(executions);
    clearInterval(this.#timer);
    clearInterval(this.#heartbeat);
    await this.#backup;
    // Also after a failed write: there may be room again. If not, the next process finds this one dead.
    this.#guard(() => this.#db.transaction(() => this.#giveUp(this.#processes.id)));
  }

  // ── Ticks ───────────────────────────────────────────────────────────────────────────────────────────────────────

  #wake(): void {
    if (this.#isTickDue) return;
    this.#isTickDue = true;
    setImmediate(() => this.#guard(() => this.#tick()));
  }

  /** One transaction: what has ended, then what starts in the places that are free. Handlers start after the commit. */
  #tick(): void {
    this.#isTickDue = false;
    const ended = this.#ended;
    this.#ended = [];
    const started: Execution[] = [];
    try {
      this.#write(() => {
        for (const { execution, end } of ended) this.#journalEnd(execution, end);
        for (const lane of LANES) this.#fillLane(lane, started);
      });
    } catch (error) {
      for (const execution of started) execution.ended.resolve();
      throw error;
    } finally {
      for (const { execution } of ended) execution.ended.resolve();
    }
    for (const execution of started) void this.#execute(execution);
  }

  #fillLane(lane: Lane, started: Execution[]): void {
    while (!this.#isClosing) {
      const node = this.#ledger.ready.take(lane);
      if (node === undefined) break;
      if (node.state !== 'queued' || this.#isDoneOrUnderWay(node)) continue;
      const slot = this.#leases.take(lane);
      if (slot === undefined) {
        this.#ledger.ready.putBack(lane, node);
        break;
      }
      started.push(this.#start(node, slot));
    }
    this.#leases.settle(lane, this.#ledger.ready.has(lane));
  }

  /** A step that somebody has done, or is doing, needs no place in a lane. */
  #isDoneOrUnderWay(node: RunNode): boolean {
    const execution = this.#executions.get(node.spec.key);
    if (execution?.isAborting === true) execution.followers.push(node);
    else if (execution !== undefined) this.#ledger.join(execution, node);
    if (execution !== undefined) return true;
    const standing = this.#journal.standingOf(node.spec.key);
    if (standing.kind === 'hit') this.#ledger.hit(node);
    const isElsewhere = standing.kind === 'running' && this.#processes.isResponsive(standing.ownerId);
    if (isElsewhere) this.#elsewhere.add(node);
    return standing.kind === 'hit' || isElsewhere;
  }

  #start(node: RunNode, slot: number): Execution {
    const { key } = node.spec;
    const attempt = (this.#attempts.get(key) ?? 0) + 1;
    this.#attempts.set(key, attempt);
    const execution = new Execution(node, slot, attempt);
    this.#executions.set(key, execution);
    this.#ledger.start(execution, node);
    return execution;
  }

  #showPreview({ nodes, spec }: Execution, { mime, bytes }: PreviewImage): void {
    const { onEvent } = this.#options;
    const base64 = Buffer.from(bytes).toString('base64');
    for (const { runId } of nodes) {
      const progress = this.#ledger.runs.get(runId)?.progress ?? 0;
      if (onEvent) tell(onEvent, { type: 'preview', stepKey: spec.key, name: spec.name, mime, base64, progress, runId, atMs: this.#now() });
    }
  }

  async #execute(execution: Execution): Promise<void> {
    const [node] = execution.nodes;
    this.#atWork.add(execution);
    // Canceled between the commit and here: the handler is not called at all.
    const end: ExecutionEnd = node === undefined ? { kind: 'canceled' } : await execution.run(node.runId, this.#environment);
    this.#atWork.delete(execution);
    if (this.#broken !== undefined) return execution.ended.resolve();
    this.#ended.push({ execution, end });
    this.#wake();
  }

  #journalEnd(execution: Execution, end: ExecutionEnd): void {
    const { key, lane } = execution.spec;
    this.#leases.free(lane, execution.slot);
    this.#executions.delete(key);
    this.#reported.delete(execution);
    if (end.kind !== 'transient') this.#attempts.delete(key);
    if (end.kind === 'succeeded') this.#ledger.succeed(execution, end.output);
    else if (end.kind === 'failed') this.#ledger.fail(execution, end.error);
    else if (end.kind === 'transient') this.#retryLater(execution, end.error);
    else if (this.#isClosing) this.#ledger.requeue(execution);
    else this.#ledger.cancel(execution);
    for (const node of execution.followers) this.#ledger.makeReady(node);
  }

  #retryLater(execution: Execution, error: Error): void {
    const { key } = execution.spec;
    this.#ledger.requeue(execution, error);
    const again = (): void => {
      const wanting = [...execution.nodes].filter((node) => node.state === 'queued');
      if (wanting.length === 0) this.#attempts.delete(key);
      for (const node of wanting) this.#ledger.makeReady(node);
      this.#wake();
    };
    // Unreferenced: the polling keeps the process there while a run is open.
    setTimeout(again, retryDelayMs(key, execution.attempt, this.#options.retryFirstMs)).unref();
  }

  // ── Other processes ─────────────────────────────────────────────────────────────────────────────────────────────

  #poll(): void {
    const version = this.#db.dataVersion();
    const isNews = version !== this.#seenVersion;
    const isRecheck = isNews || Math.abs(this.#now() - this.#recheckedMs) >= RECHECK_MS;
    this.#seenVersion = version;
    if (isNews) for (const runId of this.#runJournal.listCancelRequested()) void this.cancelRun(runId);
    if (isRecheck) this.#lookElsewhere();
    if (this.#reported.size > 0 && Math.abs(this.#now() - this.#flushedMs) >= REPORT_MS) this.#flushReports();
  }

  #lookElsewhere(): void {
    this.#recheckedMs = this.#now();
    for (const node of this.#elsewhere) this.#ledger.makeReady(node);
    if (this.#elsewhere.size > 0 || this.#leases.isWaiting()) this.#wake();
    this.#elsewhere.clear();
  }

  #flushReports(): void {
    const reported = [...this.#reported];
    this.#reported.clear();
    this.#flushedMs = this.#now();
    this.#write(() => {
      const runs = new Set(reported.flatMap((execution) => this.#ledger.report(execution)));
      for (const run of runs) this.#runJournal.setProgress(run.id, run.progress);
    });
  }

  #sweepDead(): void {
    for (const ownerId of this.#processes.listDead()) this.#giveUp(ownerId);
  }

  #giveUp(ownerId: number): void {
    this.#journal.reopenStepsOf(ownerId);
    this.#runJournal.releaseAllOf(ownerId);
    this.#leases.releaseAll(ownerId);
    this.#processes.forget(ownerId);
  }

  // ── Writing ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** A transaction whose events go out after the commit. */
  #write<T>(work: () => T): T {
    if (this.#broken !== undefined) throw this.#broken;
    let result: T;
    try {
      result = this.#db.transaction(work);
    } catch (error) {
      this.#ledger.rolledBack();
      throw error;
    }
    const { onEvent } = this.#options;
    for (const event of this.#ledger.committed()) if (onEvent !== undefined) tell(onEvent, event);
    return result;
  }

  /** A journal that cannot be written (full disk, damage) ends all runs here: acting without it would not be durable. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#broken ??= error instanceof Error ? error : new Error(String(error));
      for (const run of this.#ledger.runs.values()) this.#stopRun(run, this.#broken);
      for (const execution of this.#executions.values()) execution.abort();
      for (const { execution } of this.#ended) execution.ended.resolve();
    }
  }

  #runOf(runId: string): ActiveRun {
    if (this.#broken !== undefined) throw this.#broken;
    const run = this.#ledger.runs.get(runId);
    if (run === undefined) throw new AdgenError('NOT_FOUND', `Run ${runId} is not being worked on by this process.`);
    return run;
  }

  #stopPollingWhenIdle(): void {
    if (this.#ledger.runs.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/** A watcher that throws is a bug of the watcher's: it surfaces as an uncaught error and does not stop the queue. */
function tell(onEvent: (event: RunEvent) => void, event: RunEvent): void {
  try {
    onEvent(event);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

function errorOf({ error }: RunEnd): { error?: Pick<SerializedError, 'code' | 'message'> } {
  if (error === undefined) return {};
  const { code, message } = serializeError(error);
  return { error: { code, message } };
}
