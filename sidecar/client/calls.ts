/** The requests that a client makes, each with its answer read: who are you, take this, where is it, stop it, free the memory. */
import type { z } from 'zod';
import { folderOf } from '#sidecar/protocol/graph.ts';
import type { Graph } from '#sidecar/protocol/graph.ts';
import { findInHistory, findInQueue, historySchema, jobAnswerSchema, queueSchema, readJob } from '#sidecar/protocol/jobs.ts';
import type { RemoteJob } from '#sidecar/protocol/jobs.ts';
import { objectInfoSchema } from '#sidecar/protocol/object-info.ts';
import type { ObjectInfo } from '#sidecar/protocol/object-info.ts';
import { readPromptReply } from '#sidecar/protocol/prompt-reply.ts';
import type { PromptReply } from '#sidecar/protocol/prompt-reply.ts';
import { judgeServer } from '#sidecar/protocol/system.ts';
import type { EngineIdentity } from '#sidecar/protocol/system.ts';
import { badAnswer } from './http.ts';
import type { EngineHttp, HttpAnswer } from './http.ts';

export interface CallLimits {
  readonly answerMs: number;
  /** Validation reads model lists from disk, and a large graph takes its time. */
  readonly postMs: number;
  readonly objectInfoMs: number;
}

export const CALL_LIMITS: CallLimits = { answerMs: 5000, postMs: 30_000, objectInfoMs: 60_000 };

export interface PromptRequest {
  readonly promptId: string;
  readonly clientId?: string;
  readonly graph: Graph;
  readonly previewMethod?: string;
}

export type EngineCalls = ReturnType<typeof createCalls>;

export function createCalls(http: EngineHttp, limits: CallLimits = CALL_LIMITS) {
  const get = (path: string, signal?: AbortSignal) => http.request('GET', path, { timeoutMs: limits.answerMs, signal });
  const post = (path: string, json: unknown) => http.request('POST', path, { json, timeoutMs: limits.answerMs });

  /** From queue, then history: a job moves from the one to the other, so in this order it cannot slip through between. */
  const lookInLists = async (promptId: string): Promise<RemoteJob | undefined> => {
    const queued = findInQueue(parse(queueSchema, await get('api/queue'), 'for its queue'), promptId);
    return queued ?? findInHistory(parse(historySchema, await get(`api/history/${promptId}`), 'for its history'), promptId);
  };

  return {
    async identify(nonce: string | undefined, signal?: AbortSignal): Promise<EngineIdentity> {
      const stats = await get('api/system_stats', signal);
      const isPassing = stats.status >= 500 || (stats.status === 200 && stats.isJson && stats.body === undefined);
      if (isPassing) throw badAnswer('who it is', stats);
      const features = await get('api/features', signal);
      if (features.status >= 500 || (features.status === 200 && features.isJson && features.body === undefined)) throw badAnswer('for its features', features);
      return judgeServer({ url: http.baseUrl, stats: stats.status === 200 ? stats.body : undefined, features: features.status === 200 ? features.body : undefined }, nonce);
    },

    async objectInfo(signal?: AbortSignal): Promise<ObjectInfo> {
      return parse(objectInfoSchema, await http.request('GET', 'api/object_info', { timeoutMs: limits.objectInfoMs, signal }), 'for its nodes');
    },

    async prompt({ promptId, clientId, graph, previewMethod }: PromptRequest): Promise<PromptReply> {
      const json = { prompt: graph, prompt_id: promptId, client_id: clientId, extra_data: { preview_method: previewMethod, extra_pnginfo: {} } };
      const answer = await http.request('POST', 'api/prompt', { json, timeoutMs: limits.postMs });
      return readPromptReply(answer.status, answer.body);
    },

    /** Undefined: the server knows nothing of it. A server that has no job list, or lost an entry of it, is asked for queue and history. */
    async look(promptId: string): Promise<RemoteJob | undefined> {
      const answer = await get(`api/jobs/${promptId}`);
      if (answer.status === 404) return await lookInLists(promptId);
      return readJob(parse(jobAnswerSchema, answer, 'for a job'));
    },

    /** Takes it out of the queue or interrupts it; never touches another job. */
    async cancel(promptId: string): Promise<void> {
      const answer = await post(`api/jobs/${promptId}/cancel`, {});
      if (answer.status === 200) return;
      await post('api/queue', { delete: [promptId] });
      await post('api/interrupt', { prompt_id: promptId });
    },

    async free(): Promise<void> {
      const answer = await post('api/free', { unload_models: true, free_memory: true });
      if (answer.status !== 200) throw badAnswer('to free its memory', answer);
    },

    /** The name to write into a graph; the server may have changed it. Files of one prompt share a folder. */
    async upload(bytes: Uint8Array<ArrayBuffer>, name: string, group: string, signal?: AbortSignal): Promise<string> {
      const form = new FormData();
      form.set('image', new Blob([bytes]), name);
      form.set('type', 'input');
      form.set('subfolder', folderOf(group));
      form.set('overwrite', 'true');
      const answer = await http.request('POST', 'api/upload/image', { form, timeoutMs: limits.objectInfoMs, signal });
      const reply = answer.body as { name?: unknown; subfolder?: unknown } | undefined;
      if (answer.status !== 200 || typeof reply?.name !== 'string') throw badAnswer('to an upload', answer);
      return typeof reply.subfolder === 'string' && reply.subfolder !== '' ? `${reply.subfolder}/${reply.name}` : reply.name;
    },
  };
}

function parse<T>(schema: z.ZodType<T>, answer: HttpAnswer, what: string): T {
  const parsed = answer.status === 200 ? schema.safeParse(answer.body) : undefined;
  if (!parsed?.success) throw badAnswer(what, answer);
  return parsed.data;
}
