/** The fake server's queue, worker and memory: one prompt at a time, node by node, with the events, the cache and the history of the real one. */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { readLink } from '#sidecar/protocol/graph.ts';
import type { Graph, GraphNode } from '#sidecar/protocol/graph.ts';
import type { Faults } from './faults.ts';
import { describeNode, openPicture, paintImage } from './pictures.ts';
import { misbehave, paceOf } from './probe-nodes.ts';
import { saveNode } from './saving.ts';
import type { Folders, NodeOutput } from './saving.ts';

export interface QueuedPrompt {
  readonly number: number;
  readonly promptId: string;
  readonly graph: Graph;
  readonly extraData: Readonly<Record<string, unknown>>;
  readonly outputs: readonly string[];
  readonly clientId?: string;
  readonly createMs: number;
}

export interface HistoryEntry {
  readonly prompt: QueuedPrompt;
  readonly outputs: Readonly<Record<string, NodeOutput>>;
  readonly status: 'success' | 'error';
  readonly messages: readonly (readonly [string, Readonly<Record<string, unknown>>])[];
}

export interface WorkerOptions {
  readonly folders: Folders;
  readonly faults: Faults;
  /** How long one step of a node takes, and how many steps those have that report progress. */
  readonly stepMs: number;
  readonly steps: number;
  readonly hugePreviewBytes: number;
  send(clientId: string | undefined, type: string, data: Readonly<Record<string, unknown>>): void;
  /** To everybody. */
  sendStatus(): void;
  sendPreview(clientId: string | undefined, image: Buffer, about: { readonly promptId: string; readonly nodeId: string }): void;
  dropSockets(): void;
  /** The process is gone; the worker is not used again. */
  crash(): void;
  makeNoise(): void;
}

class Interrupted extends Error {}

const STEPPED = /Sampler(?!Select)|ColorTransfer|Upscale|Interpolate/;

export type FakeWorker = ReturnType<typeof createWorker>;

export function createWorker(options: WorkerOptions) {
  const { faults, folders } = options;
  const pending: QueuedPrompt[] = [];
  const history = new Map<string, HistoryEntry>();
  const cache = new Map<string, NodeOutput | undefined>();
  /** Every execution that was begun, in order: what a test counts. */
  const started: string[] = [];
  let running: QueuedPrompt | undefined;
  let isInterrupted = false;
  let isDead = false;

  const work = async (): Promise<void> => {
    while (!isDead && running === undefined && pending.length > 0) {
      running = pending.shift();
      isInterrupted = false;
      if (running) await execute(running);
    }
  };

  const execute = async (prompt: QueuedPrompt): Promise<void> => {
    const { promptId, clientId } = prompt;
    const messages: [string, Record<string, unknown>][] = [];
    const tell = (type: string, data: Record<string, unknown>): void => {
      messages.push([type, { prompt_id: promptId, ...data, timestamp: Date.now() }]);
      options.send(clientId, type, { prompt_id: promptId, ...data, timestamp: Date.now() });
    };
    started.push(promptId);
    const outputs: Record<string, NodeOutput> = {};
    const order = orderOf(prompt.graph, prompt.outputs);
    let status: HistoryEntry['status'] = 'success';
    options.sendStatus();
    tell('execution_start', {});
    if (faults.take('drop-ws')) options.dropSockets();
    const known = order.filter((id) => cache.has(signatureOf(prompt.graph, id)));
    tell('execution_cached', { nodes: known });
    let current = order[0] ?? '';
    try {
      const finished: Record<string, Record<string, unknown>> = {};
      for (current of order) {
        const signature = signatureOf(prompt.graph, current);
        const output = cache.has(signature) ? cache.get(signature) : await runNode(prompt, current, finished);
        if (isDead) return;
        cache.set(signature, output);
        if (output === undefined) continue;
        outputs[current] = output;
        options.send(clientId, 'executed', { node: current, display_node: current, output, prompt_id: promptId });
      }
      tell('execution_success', {});
    } catch (error) {
      if (isDead) return;
      status = 'error';
      const node = { node_id: current, node_type: prompt.graph[current]?.class_type, executed: Object.keys(outputs) };
      if (error instanceof Interrupted) tell('execution_interrupted', node);
      else tell('execution_error', { ...node, exception_message: `${(error as Error).message}\n`, exception_type: (error as Error).name === 'Error' ? 'Exception' : (error as Error).name, traceback: [], current_inputs: {}, current_outputs: [] });
    }
    history.set(promptId, { prompt, outputs, status, messages });
    running = undefined;
    if (faults.take('history-gone')) return options.crash();
    options.send(clientId, 'executing', { node: null, display_node: null, prompt_id: promptId });
    options.sendStatus();
  };

  const runNode = async (prompt: QueuedPrompt, id: string, finished: Record<string, Record<string, unknown>>): Promise<NodeOutput | undefined> => {
    const { promptId, clientId, graph } = prompt;
    const classType = graph[id]?.class_type ?? '';
    const report = (value: number, max: number, state: string): void => {
      finished[id] = { value, max, state, node_id: id, prompt_id: promptId, display_node_id: id, parent_node_id: null, real_node_id: id };
      options.send(clientId, 'progress_state', { prompt_id: promptId, nodes: finished });
    };
    report(0, 1, 'running');
    options.send(clientId, 'executing', { node: id, display_node: id, prompt_id: promptId });
    const { steps, stepMs } = paceOf(graph[id]) ?? { steps: STEPPED.test(classType) ? options.steps : 1, stepMs: options.stepMs };
    const preview = steps > 1 && prompt.extraData['preview_method'] !== 'none' ? await paintPreview(graph, id) : undefined;
    for (let step = 1; step <= steps; step++) {
      await delay(stepMs);
      if (isDead) return undefined;
      if (isInterrupted) throw new Interrupted('interrupted');
      if (step === Math.ceil(steps / 2)) fail(graph[id]);
      if (isDead) return undefined;
      if (steps > 1) options.send(clientId, 'progress', { value: step, max: steps, prompt_id: promptId, node: id });
      if (preview) options.sendPreview(clientId, faults.take('huge-preview') ? Buffer.concat([preview, Buffer.alloc(options.hugePreviewBytes)]) : preview, { promptId, nodeId: id });
      report(step, steps, 'running');
    }
    if (classType === 'LoadImage') await openPicture(folders.input, String(graph[id]?.inputs['image']));
    const output = await saveNode(graph, id, folders);
    report(steps, steps, 'finished');
    return output;
  };

  /** What may happen in the middle of a node. */
  const fail = (node: GraphNode | undefined): void => {
    misbehave(node, options);
    if (faults.take('die-mid-job')) options.crash();
    else if (faults.take('dead-worker')) isDead = true;
    else if (faults.take('oom')) throw Object.assign(new Error('Allocation on device 0 would exceed allowed memory. (out of memory)'), { name: 'torch.OutOfMemoryError' });
  };

  const paintPreview = async (graph: Graph, id: string): Promise<Buffer> => await paintImage({ ...describeNode(graph, id), width: 64, height: 64, source: undefined }, folders.input, 'jpeg');

  return {
    pending: pending as readonly QueuedPrompt[],
    history: history as ReadonlyMap<string, HistoryEntry>,
    started: started as readonly string[],
    running: (): QueuedPrompt | undefined => running,
    remaining: (): number => pending.length + (running ? 1 : 0),
    enqueue(prompt: QueuedPrompt): void {
      const at = pending.findIndex((other) => other.number > prompt.number);
      pending.splice(at < 0 ? pending.length : at, 0, prompt);
      options.sendStatus();
      void work();
    },
    /** Takes waiting prompts out; they leave no trace. */
    removePending(isWanted: (prompt: QueuedPrompt) => boolean): number {
      const before = pending.length;
      pending.splice(0, before, ...pending.filter((prompt) => !isWanted(prompt)));
      options.sendStatus();
      return before - pending.length;
    },
    /** Without an id whatever runs is meant. */
    interrupt(promptId?: string): boolean {
      const isMeant = running !== undefined && (promptId === undefined || running.promptId === promptId);
      if (isMeant) isInterrupted = true;
      return isMeant;
    },
    forget(ids: readonly string[] | undefined): void {
      if (ids === undefined) history.clear();
      else ids.forEach((id) => history.delete(id));
    },
    /** The process is gone: whatever is under way ends without a word. */
    kill(): void {
      isDead = true;
    },
  };
}

/** Nodes that the outputs need, each after its sources. */
function orderOf(graph: Graph, outputs: readonly string[]): string[] {
  const order = new Set<string>();
  const visit = (id: string): void => {
    if (order.has(id) || graph[id] === undefined) return;
    for (const value of Object.values(graph[id].inputs)) {
      const link = readLink(value);
      if (link) visit(link.from);
    }
    order.add(id);
  };
  outputs.forEach(visit);
  return [...order];
}

/** Equal signature = the real server would answer from its cache. */
function signatureOf(graph: Graph, id: string): string {
  const node = graph[id];
  const inputs = Object.entries(node?.inputs ?? {}).map(([name, value]) => {
    const link = readLink(value);
    return [name, link ? [signatureOf(graph, link.from), link.index] : value];
  });
  return createHash('sha256').update(JSON.stringify([node?.class_type, inputs])).digest('hex');
}
