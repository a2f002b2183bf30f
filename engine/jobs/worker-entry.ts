/**
 * The one file that the pool's threads load. It imports the task's module and turns its end into a value. The pool has
 * checked where that module lies; nothing else decides here.
 */
import { threadId } from 'node:worker_threads';
import { AdgenError, serializeError } from '#core/contract/errors.ts';
import { canceledError } from './canceled-error.ts';
import type { TaskMessage, TaskModule, TaskReport, TaskResult } from './worker-task.ts';

export default async function runTask({ module, payload, port }: TaskMessage): Promise<TaskResult> {
  const controller = new AbortController();
  const tell = (report: TaskReport): void => port.postMessage(report);
  port.once('message', () => controller.abort(canceledError())); // the only message there is
  tell({ type: 'started', threadId });
  try {
    const { run } = (await import(module)) as Partial<TaskModule>;
    if (run === undefined) throw new AdgenError('INTERNAL', `${module} has no exported function "run".`);
    const value = await run(payload as never, { signal: controller.signal, report: (progress, note) => tell({ type: 'progress', progress, note }) });
    return { isOk: true, value };
  } catch (error) {
    return { isOk: false, error: serializeError(error) };
  } finally {
    port.close();
  }
}
