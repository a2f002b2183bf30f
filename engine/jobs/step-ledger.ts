/**
 * What happens to steps, in memory and in the journal together: each method moves the nodes of the runs concerned, writes the
 * rows, and notes the events and the answers to give. Called by the queue inside its transaction; it starts nothing, and knows neither lanes' places
 * nor other processes.
 */
import type { ActiveRun } from './active-run.ts';
import { viewStep } from './active-run.ts';
import type { Execution } from './execution.ts';
import type { Journal } from './journal.ts';
import { LaneSchedule } from './lane-schedule.ts';
import type { RunEvent, RunEventBody } from './run-events.ts';
import { move, type RunNode } from './run-graph.ts';
import type { StepOutput, StepSpec } from './types.ts';

type Details = NonNullable<Parameters<typeof viewStep>[1]>;

export class StepLedger {
  readonly runs = new Map<string, ActiveRun>();
  /** Steps that may start when their lane has a place. */
  readonly ready = new LaneSchedule<RunNode>();
  readonly #journal: Journal;
  readonly #now: () => number;
  #events: RunEvent[] = [];
  #answers: (() => void)[] = [];

  constructor(journal: Journal, now: () => number) {
    this.#journal = journal;
    this.#now = now;
  }

  /** Adds steps; those with a result in the store have succeeded when it returns. */
  submit(run: ActiveRun, steps: readonly StepSpec[]): void {
    const added = run.graph.add(steps);
    for (const node of added) run.addWeight(node);
    for (const node of added) if (this.#journal.declare(node)) this.#settle(node, 'hit', 1);
    const ready = run.graph.link(added, (key) => this.#journal.standingOf(key).kind === 'hit');
    for (const node of ready) this.makeReady(node);
    if (added.length > 0) this.emit(run.id, { type: 'steps', steps: added.map((node) => viewStep(node, this.#known(node))) });
  }

  makeReady(node: RunNode): void {
    if (node.state === 'queued') this.ready.push(node.spec.lane, node);
  }

  /** The result came from elsewhere while the step waited. */
  hit(node: RunNode): void {
    node.isCacheHit = true;
    this.#settle(node, 'hit', 1);
    this.#journal.endRunStep(node);
    this.#emitStep(node, this.#known(node));
  }

  start(execution: Execution, node: RunNode): void {
    move(node, 'start');
    this.#journal.start(node, execution.attempt);
    this.#emitStep(node, { attempt: execution.attempt });
  }

  /** Another run wants a step that is running. */
  join(execution: Execution, node: RunNode): void {
    execution.nodes.add(node);
    move(node, 'start');
    this.runs.get(node.runId)?.addDone(node, execution.countedProgress);
    this.#journal.join(node, execution.attempt);
    this.#emitStep(node, { attempt: execution.attempt, progress: execution.progress });
  }

  succeed(execution: Execution, output: StepOutput): void {
    this.#journal.succeed(execution.spec.key, output);
    for (const node of execution.nodes) {
      this.#settle(node, 'succeed', 1 - execution.countedProgress);
      this.#journal.endRunStep(node);
      this.#emitStep(node, { attempt: execution.attempt, output });
    }
  }

  /** Fails the step and cancels all that need it, with the same cause. */
  fail(execution: Execution, error: Error): void {
    this.#journal.fail(execution.spec.key, error);
    for (const node of execution.nodes) {
      const run = this.runs.get(node.runId);
      for (const affected of [node, ...(run?.graph.fail(node, error) ?? [])]) {
        this.#journal.endRunStep(affected);
        this.#emitStep(affected, affected === node ? { attempt: execution.attempt } : {});
        this.#answers.push(() => run?.waits.fail(affected.spec.key, error));
      }
    }
  }

  /** Back to the line, for another attempt (`error` says why) or for the next process. */
  requeue(execution: Execution, error?: Error): void {
    this.#journal.release(execution.spec.key, 'queued');
    for (const node of execution.nodes) {
      move(node, 'requeue');
      this.runs.get(node.runId)?.addDone(node, -execution.countedProgress);
      this.#journal.requeueRunStep(node);
      this.#emitStep(node, { attempt: execution.attempt, error });
    }
  }

  /** All runs that wanted it were canceled. */
  cancel(execution: Execution): void {
    this.#journal.release(execution.spec.key, 'canceled');
  }

  /** Writes progress down; returns the runs concerned. */
  report(execution: Execution): ActiveRun[] {
    const { progress, note, attempt } = execution;
    const part = progress - execution.countedProgress;
    execution.countedProgress = progress;
    return [...execution.nodes].flatMap((node) => {
      const run = this.runs.get(node.runId);
      if (run === undefined) return [];
      run.addDone(node, part);
      this.#journal.report(node, progress, note ?? null);
      const step = viewStep(node, { progress, note, attempt });
      this.#events.push({ type: 'progress', step, progress: run.progress, runId: run.id, atMs: this.#now() });
      return [run];
    });
  }

  emit(runId: string, body: RunEventBody): void {
    this.#events.push(this.#journal.event(runId, body));
  }

  /** After the commit: answers those who wait, and returns the events to be sent. */
  committed(): RunEvent[] {
    const [events, answers] = [this.#events, this.#answers];
    this.rolledBack();
    for (const answer of answers) answer();
    return events;
  }

  /** Nothing of it has happened. */
  rolledBack(): void {
    this.#events = [];
    this.#answers = [];
  }

  #settle(node: RunNode, event: 'succeed' | 'hit', part: number): void {
    const run = this.runs.get(node.runId);
    if (run === undefined) return;
    const ready = run.graph.succeed(node, event);
    run.addDone(node, part);
    this.#answers.push(() => run.waits.succeed(node.spec.key));
    for (const dependent of ready) this.makeReady(dependent);
  }

  /** The result of a step that somebody has made before, if there is something to look at. */
  #known({ state, spec }: RunNode): Details {
    return state === 'succeeded' && spec.isShown === true ? { output: this.#journal.loadOutput(spec.key) } : {};
  }

  #emitStep(node: RunNode, details: Details = {}): void {
    const progress = this.runs.get(node.runId)?.progress ?? 0;
    this.emit(node.runId, { type: 'step', step: viewStep(node, details), progress });
  }
}
