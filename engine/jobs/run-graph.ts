/** The steps of one run in memory: who waits for whom. Pure; what it says is journaled by the queue. */
import { AdgenError } from '#core/contract/errors.ts';
import { isFinal, next, type StepEvent } from './step-state.ts';
import type { StepSpec, StepState } from './types.ts';

export interface RunNode {
  readonly runId: string;
  readonly spec: StepSpec;
  readonly position: number;
  state: StepState;
  isCacheHit: boolean;
  /** Dependencies that have not succeeded yet. */
  readonly missing: Set<string>;
  /** Why it failed, or why it was canceled when that was a dependency's failure. */
  error?: Error;
}

export class RunGraph {
  readonly runId: string;
  readonly nodes = new Map<string, RunNode>();
  readonly #dependents = new Map<string, RunNode[]>();

  constructor(runId: string) {
    this.runId = runId;
  }

  /** Adds steps that are not in the graph yet; a failed or canceled one is tried again. Returns those, in order. */
  add(specs: readonly StepSpec[]): RunNode[] {
    const added: RunNode[] = [];
    for (const spec of specs) {
      const known = this.nodes.get(spec.key);
      if (known !== undefined && known.state !== 'failed' && known.state !== 'canceled') continue;
      const position = known?.position ?? this.nodes.size;
      const node: RunNode = { runId: this.runId, spec, position, state: 'queued', isCacheHit: false, missing: new Set() };
      this.nodes.set(spec.key, node);
      added.push(node);
    }
    return added;
  }

  /** Links new nodes to their dependencies. `isSucceeded` answers for keys outside this graph. Returns those that are ready. */
  link(nodes: readonly RunNode[], isSucceeded: (key: string) => boolean): RunNode[] {
    for (const node of nodes) {
      if (node.state !== 'queued') continue;
      for (const key of node.spec.deps) this.#linkOne(node, key, isSucceeded);
    }
    return nodes.filter((node) => isReady(node));
  }

  #linkOne(node: RunNode, key: string, isSucceeded: (key: string) => boolean): void {
    const dependency = this.nodes.get(key);
    if (dependency === undefined ? isSucceeded(key) : dependency.state === 'succeeded') return;
    if (dependency === undefined || key === node.spec.key) {
      throw new AdgenError('INTERNAL', `Step "${node.spec.name}" needs ${key.slice(0, 12)}…, which is neither submitted nor finished.`);
    }
    node.missing.add(key);
    const dependents = this.#dependents.get(key) ?? [];
    dependents.push(node);
    this.#dependents.set(key, dependents);
  }

  /** Returns the steps that can start now. */
  succeed(node: RunNode, event: 'succeed' | 'hit'): RunNode[] {
    move(node, event);
    const dependents = this.#dependents.get(node.spec.key) ?? [];
    this.#dependents.delete(node.spec.key);
    for (const dependent of dependents) dependent.missing.delete(node.spec.key);
    return dependents.filter((dependent) => isReady(dependent));
  }

  /** Fails one step; all that need it, directly or not, are canceled with the same cause and returned. */
  fail(node: RunNode, error: Error): RunNode[] {
    move(node, 'fail');
    node.error = error;
    const canceled: RunNode[] = [];
    for (const queue = [node]; queue.length > 0; ) {
      const key = queue.pop()?.spec.key ?? '';
      for (const dependent of this.#dependents.get(key) ?? []) {
        if (isFinal(dependent.state)) continue;
        move(dependent, 'cancel');
        dependent.error = error;
        canceled.push(dependent);
        queue.push(dependent);
      }
      this.#dependents.delete(key);
    }
    return canceled;
  }

  unfinished(): RunNode[] {
    return [...this.nodes.values()].filter((node) => !isFinal(node.state));
  }
}

export function move(node: RunNode, event: StepEvent): void {
  node.state = next(node.state, event);
}

function isReady(node: RunNode): boolean {
  return node.state === 'queued' && node.missing.size === 0;
}
