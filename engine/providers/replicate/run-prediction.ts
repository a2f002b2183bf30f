/**
 * One prediction from start to its output's address: begun, looked up until it has ended, and canceled there when nobody wants it any more,
 * for it costs money while it runs. A look that fails on the way is tried again by the same step, which goes on with the same prediction:
 * nothing is bought twice by a bad line.
 */
import { setTimeout as delay } from 'node:timers/promises';
import Replicate from 'replicate';
import { z } from 'zod';
import { AdgenError } from '#core/contract/errors.ts';
import { mapError } from './map-error.ts';

export interface ReplicateOptions {
  readonly key: string;
  /** For tests; Replicate's own by default. */
  readonly baseUrl?: string;
  readonly pollMs?: number;
  /** For one prediction; queues of cold models are long. */
  readonly timeoutMs?: number;
}

export interface PredictionRequest {
  /** The same key is the same work. */
  readonly key: string;
  readonly model: `${string}/${string}`;
  readonly input: Readonly<Record<string, string | number | boolean>>;
  /** For sentences, e.g. `making a backdrop`. */
  readonly doing: string;
  readonly signal: AbortSignal;
  onState?(state: 'starting' | 'processing'): void;
}

export interface FinishedPrediction {
  /** Of the (first) file. */
  readonly url: string;
  readonly seconds: number;
}

export type RunPrediction = (request: PredictionRequest) => Promise<FinishedPrediction>;

const predictionSchema = z.object({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
  status: z.enum(['starting', 'processing', 'succeeded', 'failed', 'canceled', 'aborted']),
  output: z.unknown(),
  error: z.unknown(),
  metrics: z.object({ predict_time: z.number().nonnegative().optional() }).nullish().catch(undefined),
});
type Prediction = z.infer<typeof predictionSchema>;

const POLL_MS = 1500;
const TIMEOUT_MS = 10 * 60_000;
const CANCEL_MS = 5000;

export function createReplicateRunner({ key, baseUrl, pollMs = POLL_MS, timeoutMs = TIMEOUT_MS }: ReplicateOptions): RunPrediction {
  // A key must not travel on with a redirect.
  const client = new Replicate({ auth: key, ...(baseUrl === undefined ? {} : { baseUrl }), fetch: (input, init) => fetch(input, { ...init, redirect: 'error' }) });
  const begun = new Map<string, string>();

  const begin = async ({ key: work, model, input, signal }: PredictionRequest): Promise<Prediction> => {
    const known = begun.get(work);
    if (known !== undefined) return read(await client.predictions.get(known, { signal }));
    const prediction = read(await client.predictions.create({ model, input: { ...input }, signal }));
    begun.set(work, prediction.id);
    return prediction;
  };
  const cancel = async (work: string): Promise<void> => {
    const id = begun.get(work);
    begun.delete(work);
    if (id !== undefined) await client.predictions.cancel(id, { signal: AbortSignal.timeout(CANCEL_MS) }).catch(() => {}); // it may have ended in this moment
  };
  const follow = async (request: PredictionRequest, signal: AbortSignal): Promise<Prediction> => {
    let prediction = await begin({ ...request, signal });
    while (prediction.status === 'starting' || prediction.status === 'processing') {
      request.onState?.(prediction.status);
      await delay(pollMs, undefined, { signal });
      prediction = read(await client.predictions.get(prediction.id, { signal }));
    }
    begun.delete(request.key);
    return prediction;
  };
  return async (request) => {
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      return finish(await follow(request, AbortSignal.any([request.signal, limit])), request.doing);
    } catch (error) {
      if (request.signal.aborted || limit.aborted) await cancel(request.key);
      request.signal.throwIfAborted();
      if (limit.aborted) throw new AdgenError('PROVIDER_UNAVAILABLE', `Replicate was not done with ${request.doing} within ${Math.round(timeoutMs / 1000)} s, so it was canceled there.`);
      throw mapError(error, request.doing);
    }
  };
}

function read(answer: unknown): Prediction {
  const parsed = predictionSchema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new AdgenError('PROVIDER_REJECTED', 'Replicate answered with something that is not a prediction. Update this program.');
}

function finish({ status, output, error, metrics }: Prediction, doing: string): FinishedPrediction {
  if (status !== 'succeeded') throw new AdgenError('PROVIDER_REJECTED', `Replicate failed ${doing}: ${typeof error === 'string' && error !== '' ? error.slice(0, 300) : status}.`);
  const [url] = Array.isArray(output) ? output as unknown[] : [output];
  if (typeof url !== 'string') throw new AdgenError('PROVIDER_REJECTED', `Replicate was done with ${doing} but gave no file.`);
  return { url, seconds: metrics?.predict_time ?? 0 };
}
