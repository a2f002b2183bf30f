/** What the server knows about a job, read from /api/jobs, or from /queue and /history where there is no such thing. */
import { z } from 'zod';
import { engineError } from './failures.ts';
import { listOutputs } from './outputs.ts';
import type { OutputFile } from './outputs.ts';
import type { AdgenError } from '#core/contract/errors.ts';

export type RemoteJob =
  | { readonly state: 'pending' | 'running' | 'canceled' }
  | { readonly state: 'completed'; readonly outputs: readonly OutputFile[] }
  | { readonly state: 'failed'; readonly error: AdgenError };

const executionErrorSchema = z.looseObject({
  exception_message: z.string().catch(''),
  exception_type: z.string().catch(''),
  node_id: z.coerce.string().optional().catch(undefined),
  node_type: z.string().optional().catch(undefined),
});

const messageSchema = z.tuple([z.string(), z.unknown()]).rest(z.unknown());
const executionStatusSchema = z.looseObject({ status_str: z.string().optional().catch(undefined), completed: z.boolean().optional().catch(undefined), messages: z.array(messageSchema).catch([]) });

const jobSchema = z.looseObject({
  id: z.string(),
  status: z.string(),
  outputs: z.unknown().optional(),
  execution_error: executionErrorSchema.nullish().catch(null),
  execution_status: executionStatusSchema.nullish().catch(null),
});

const historyEntrySchema = z.looseObject({ outputs: z.unknown().optional(), status: executionStatusSchema.nullish().catch(null) });
const queueItemSchema = z.tuple([z.unknown(), z.string()]).rest(z.unknown());

export const queueSchema = z.looseObject({ queue_running: z.array(queueItemSchema), queue_pending: z.array(queueItemSchema) });
export const historySchema = z.record(z.string(), historyEntrySchema);
export const jobAnswerSchema = jobSchema;

/** From `GET /api/jobs/{id}`. A status of a later version counts as not finished. */
export function readJob(job: z.infer<typeof jobSchema>): RemoteJob {
  switch (job.status) {
    case 'pending': return { state: 'pending' };
    case 'completed': return { state: 'completed', outputs: listOutputs(job.outputs) };
    case 'cancelled': return { state: 'canceled' };
    case 'failed': return readEnd(job.execution_status?.messages ?? [], job.execution_error ?? undefined);
    default: return { state: 'running' };
  }
}

/** From `GET /queue`; undefined when the job is not in it. */
export function findInQueue(queue: z.infer<typeof queueSchema>, promptId: string): RemoteJob | undefined {
  if (queue.queue_running.some((item) => item[1] === promptId)) return { state: 'running' };
  return queue.queue_pending.some((item) => item[1] === promptId) ? { state: 'pending' } : undefined;
}

/** From `GET /history/{id}`; undefined when the job is not in it. An interrupted job reads "error" there; only its messages tell. */
export function findInHistory(history: z.infer<typeof historySchema>, promptId: string): RemoteJob | undefined {
  const entry = history[promptId];
  if (entry === undefined) return undefined;
  if (entry.status?.status_str === 'error') return readEnd(entry.status.messages, undefined);
  return { state: 'completed', outputs: listOutputs(entry.outputs) };
}

function readEnd(messages: readonly (readonly [string, ...unknown[]])[], error: z.infer<typeof executionErrorSchema> | undefined): RemoteJob {
  if (messages.some(([name]) => name === 'execution_interrupted')) return { state: 'canceled' };
  const told = error ?? executionErrorSchema.safeParse(messages.find(([name]) => name === 'execution_error')?.[1]).data;
  return { state: 'failed', error: readExecutionError(told ?? {}) };
}

/** A node's exception as a failure of the job; running out of GPU memory is told apart. */
export function readExecutionError(data: unknown): AdgenError {
  const error = executionErrorSchema.safeParse(data).data ?? { exception_message: '', exception_type: '', node_id: undefined, node_type: undefined };
  const where = error.node_type === undefined ? '' : ` in ${error.node_type}`;
  const details = { data: { exceptionType: error.exception_type, nodeId: error.node_id, nodeType: error.node_type, detail: error.exception_message.slice(0, 2000) } };
  if (error.exception_type.endsWith('OutOfMemoryError')) return engineError('JOB_OOM', `The GPU's memory is not enough${where}.`, details);
  const message = (error.exception_message.split('\n')[0] ?? '').trim().replace(/[.\s]+$/, '').slice(0, 200);
  return engineError('JOB_FAILED', `The engine failed${where}${message === '' ? '' : `: ${message}`}.`, details);
}
