/** Text frames of the engine's WebSocket, reduced to what a client needs. Unknown types and fields are let pass. */
import { z } from 'zod';

export interface NodeProgress {
  readonly value: number;
  readonly max: number;
  readonly isFinished: boolean;
}

export type EngineEvent =
  | { readonly type: 'status'; readonly remaining: number }
  | { readonly type: 'features'; readonly flags: Readonly<Record<string, unknown>> }
  | { readonly type: 'started'; readonly promptId: string }
  | { readonly type: 'cached'; readonly promptId: string; readonly nodes: readonly string[] }
  | { readonly type: 'nodes'; readonly promptId: string; readonly nodes: Readonly<Record<string, NodeProgress>> }
  /** A node began; right after a reconnect this comes without the prompt's id. */
  | { readonly type: 'node'; readonly promptId?: string; readonly node: string }
  | { readonly type: 'step'; readonly promptId?: string; readonly node?: string; readonly value: number; readonly max: number }
  | { readonly type: 'output'; readonly promptId: string; readonly node: string }
  /** `hasHistory`: the end is on record. Success, error and interrupt are announced before that. */
  | { readonly type: 'ended'; readonly promptId: string; readonly hasHistory: boolean }
  | { readonly type: 'other'; readonly name: string };

const envelopeSchema = z.looseObject({ type: z.string(), data: z.looseObject({}).catch({}) });
const id = z.string();
const nodeId = z.coerce.string();
const amount = z.number().finite();

const statusSchema = z.looseObject({ status: z.looseObject({ exec_info: z.looseObject({ queue_remaining: z.number() }) }) });
const jobSchema = z.looseObject({ prompt_id: id });
const cachedSchema = z.looseObject({ prompt_id: id, nodes: z.array(nodeId).catch([]) });
const progressStateSchema = z.looseObject({ prompt_id: id, nodes: z.record(z.string(), z.looseObject({ value: amount.catch(0), max: amount.catch(1), state: z.string().catch('running') })) });
const executingSchema = z.looseObject({ node: nodeId.nullable(), prompt_id: id.optional().catch(undefined) });
const progressSchema = z.looseObject({ value: amount, max: amount, prompt_id: id.optional().catch(undefined), node: nodeId.nullish().catch(undefined) });
const executedSchema = z.looseObject({ prompt_id: id, node: nodeId });

/** Undefined for a frame that is not JSON or lacks what its type needs: it is dropped, polling makes up for it. */
export function parseEvent(text: string): EngineEvent | undefined {
  const envelope = envelopeSchema.safeParse(parseJson(text));
  return envelope.success ? read(envelope.data.type, envelope.data.data) : undefined;
}

function read(type: string, data: unknown): EngineEvent | undefined {
  switch (type) {
    case 'status': return make(statusSchema, data, (it) => ({ type: 'status', remaining: it.status.exec_info.queue_remaining }));
    case 'feature_flags': return make(z.record(z.string(), z.unknown()), data, (flags) => ({ type: 'features', flags }));
    case 'execution_start': return make(jobSchema, data, (it) => ({ type: 'started', promptId: it.prompt_id }));
    case 'execution_cached': return make(cachedSchema, data, (it) => ({ type: 'cached', promptId: it.prompt_id, nodes: it.nodes }));
    case 'progress_state': return make(progressStateSchema, data, (it) => ({ type: 'nodes', promptId: it.prompt_id, nodes: readNodes(it.nodes) }));
    case 'executing': return make(executingSchema, data, readExecuting);
    case 'progress': return make(progressSchema, data, (it) => ({ type: 'step', promptId: it.prompt_id, node: it.node ?? undefined, value: it.value, max: it.max }));
    case 'executed': return make(executedSchema, data, (it) => ({ type: 'output', promptId: it.prompt_id, node: it.node }));
    case 'execution_success': case 'execution_error': case 'execution_interrupted': return make(jobSchema, data, (it) => ({ type: 'ended', promptId: it.prompt_id, hasHistory: false }));
    default: return { type: 'other', name: type };
  }
}

function readExecuting({ node, prompt_id: promptId }: z.infer<typeof executingSchema>): EngineEvent {
  if (node !== null) return { type: 'node', promptId, node };
  return promptId === undefined ? { type: 'other', name: 'executing' } : { type: 'ended', promptId, hasHistory: true };
}

function readNodes(nodes: z.infer<typeof progressStateSchema>['nodes']): Record<string, NodeProgress> {
  return Object.fromEntries(Object.entries(nodes).map(([node, { value, max, state }]) => [node, { value, max, isFinished: state === 'finished' }]));
}

function make<T>(schema: z.ZodType<T>, data: unknown, build: (value: T) => EngineEvent): EngineEvent | undefined {
  const parsed = schema.safeParse(data);
  return parsed.success ? build(parsed.data) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
