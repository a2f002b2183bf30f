/** Asks a planning server which models it has: the one question that costs nothing and still shows whether address, key and model are right. */
import { z } from 'zod';
import { AdgenError, serializeError } from '#core/contract/errors.ts';
import { createBoundedFetch } from '#engine/providers/openai/bounded-fetch.ts';
import type { EngineSettings } from '#engine/settings.ts';

export interface PlanTest {
  readonly works: boolean;
  /** A sentence for the user. */
  readonly message: string;
  readonly models: string[];
}

const PATIENCE_MS = 8000;
const MOST_BYTES = 2_000_000;
const MOST_MODELS = 200;
const OPENAI_URL = 'https://api.openai.com/v1';

const listSchema = z.object({ data: z.array(z.object({ id: z.string().max(200) })).max(10_000) });

/** Never rejects for what a server does. */
export async function testPlan(endpoint: NonNullable<EngineSettings['planEndpoint']>, signal?: AbortSignal): Promise<PlanTest> {
  const { baseUrl = OPENAI_URL, apiKey, model } = endpoint;
  const { host } = new URL(baseUrl);
  const limit = AbortSignal.timeout(PATIENCE_MS);
  const no = (message: string): PlanTest => ({ works: false, message, models: [] });
  try {
    const response = await createBoundedFetch(MOST_BYTES)(`${baseUrl}/models`, { signal: signal ? AbortSignal.any([limit, signal]) : limit, headers: { accept: 'application/json', ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}) } });
    if (response.status === 401 || response.status === 403) return no(apiKey ? `${host} refused the key. Enter a valid one.` : `${host} asks for a key. Enter it above.`);
    if (!response.ok) return no(`${host} answered with status ${response.status}. Check the address; it usually ends in /v1.`);
    const list = listSchema.safeParse(await response.json().catch(() => undefined)); // not JSON is not a list either
    if (!list.success) return no(`${host} answers, but not like an OpenAI-compatible server. Check the address; it usually ends in /v1.`);
    const models = list.data.data.map(({ id }) => id);
    const works = models.includes(model);
    return { works, message: works ? `${host} answers and has ${model}.` : `${host} answers but has no model "${model}". Choose one of its ${models.length}.`, models: models.slice(0, MOST_MODELS) };
  } catch (error) {
    signal?.throwIfAborted();
    if (limit.aborted) return no(`${host} did not answer within ${PATIENCE_MS / 1000} s.`);
    const known = error instanceof AdgenError ? error : (error as Error).cause;
    return no(known instanceof AdgenError ? known.message : `${host} cannot be reached (${serializeError(known ?? error).message}). Check that the server runs.`);
  }
}
