/** What the fake server tells of its jobs: tuples of the queue, entries of the history, and records of the jobs API. Pure. */
import type { HistoryEntry, QueuedPrompt } from './worker.ts';

export function tellQueued(prompt: QueuedPrompt): unknown[] {
  return [prompt.number, prompt.promptId, prompt.graph, { ...prompt.extraData, client_id: prompt.clientId, create_time: prompt.createMs }, prompt.outputs];
}

export function tellHistory(entry: HistoryEntry): unknown {
  return { prompt: tellQueued(entry.prompt), outputs: entry.outputs, status: { status_str: entry.status, completed: entry.status === 'success', messages: entry.messages }, meta: {} };
}

export function tellJob(prompt: QueuedPrompt, status: 'pending' | 'in_progress'): Record<string, unknown> {
  return { id: prompt.promptId, status, priority: prompt.number, create_time: prompt.createMs, outputs_count: 0, workflow_id: null };
}

/** `knowsCanceled`: since 0.9; before that a canceled job was a failed one. */
export function tellEndedJob({ prompt, outputs, status, messages }: HistoryEntry, knowsCanceled: boolean): Record<string, unknown> {
  const error = messages.find(([name]) => name === 'execution_error')?.[1];
  const isCanceled = messages.some(([name]) => name === 'execution_interrupted');
  const ending = isCanceled && knowsCanceled ? 'cancelled' : 'failed';
  return {
    ...tellJob(prompt, 'pending'),
    status: status === 'success' ? 'completed' : ending,
    execution_error: error ?? null,
    execution_status: { status_str: status, completed: status === 'success', messages },
    outputs, outputs_count: Object.keys(outputs).length,
  };
}
