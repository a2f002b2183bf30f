/** A run that this process works on: its graph, who waits for it, and how far it is. Memory only. */
import { canceledError } from './canceled-error.ts';
import type { StepView } from './run-events.ts';
import { RunGraph, type RunNode } from './run-graph.ts';
import { RunWaits } from './run-waits.ts';
import type { Stage, StepOutput } from './types.ts';

export class ActiveRun {
  readonly id: string;
  readonly graph: RunGraph;
  readonly waits = new RunWaits();
  /** Aborted when the run is canceled or ended. */
  readonly controller = new AbortController();
  stage: Stage;
  /** Set once the run is being ended. */
  ending: Promise<void> | undefined;
  #progress: number;
  #weight = 0;
  #expectedWeight = 0;
  #doneWeight = 0;

  constructor(id: string, stage: Stage, progress: number) {
    this.id = id;
    this.stage = stage;
    this.#progress = progress;
    this.graph = new RunGraph(id);
  }

  get progress(): number {
    return this.#progress;
  }

  /** How much the whole graph will weigh, as far as is known before it has grown. */
  expectWeight(weight: number): void {
    this.#expectedWeight = weight;
  }

  addWeight(node: RunNode): void {
    this.#weight += weightOf(node);
  }

  /** `part`: 0..1 of this step, all of it when left out. */
  addDone(node: RunNode, part = 1): void {
    this.#doneWeight += weightOf(node) * part;
    // The graph may still grow, which would take the bar back: it waits instead.
    const whole = Math.max(this.#weight, this.#expectedWeight);
    if (whole > 0) this.#progress = Math.max(this.#progress, Math.min(1, this.#doneWeight / whole));
  }

  fail(error: Error): void {
    this.waits.failAll(error);
    this.controller.abort(canceledError(error.message));
  }
}

/** What an event says about a step. */
export function viewStep(node: RunNode, details: { progress?: number; note?: string; attempt?: number; error?: Error; output?: StepOutput } = {}): StepView {
  const { key, kind, name, stage, isShown } = node.spec;
  const error = details.error ?? node.error;
  return {
    key,
    kind,
    name,
    stage,
    state: node.state,
    isCacheHit: node.isCacheHit,
    progress: node.state === 'succeeded' ? 1 : (details.progress ?? 0),
    weight: weightOf(node),
    ...(details.note === undefined ? {} : { note: details.note }),
    ...(details.attempt === undefined ? {} : { attempt: details.attempt }),
    ...(error === undefined ? {} : { error: { code: 'code' in error ? String(error.code) : 'INTERNAL', message: error.message } }),
    ...(details.output === undefined ? {} : viewOutput(details.output, isShown === true)),
  };
}

function viewOutput({ provider, fallback = [], artifacts, data }: StepOutput, isShown: boolean): Partial<StepView> {
  return { ...(provider === undefined ? {} : { provider }), ...(fallback.length > 0 ? { fallback } : {}), ...(isShown ? { artifacts, data } : {}) };
}

function weightOf(node: RunNode): number {
  return node.spec.weight ?? 1;
}
