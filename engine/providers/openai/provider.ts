/**
 * Plans adverts with a language model behind any OpenAI-compatible endpoint: OpenAI itself, or a server on this machine.
 * The model decides purposes, words, sets and moods; layout and claims guard are those of the embedded planner. A bad
 * answer is sent back once with its errors. The key comes from the caller, stays in memory, and enters no log, error,
 * step key or document.
 */
import { createHash } from 'node:crypto';
import OpenAI from 'openai';
import { AdgenError } from '#core/contract/errors.ts';
import { clampSceneCount } from '#core/planning/lay-out-plan.ts';
import { normaliseBrief } from '#core/planning/normalise-brief.ts';
import { planFromAnswer } from '#core/planning/plan-from-answer.ts';
import type { PlanAnswer } from '#core/planning/plan-answer.ts';
import type { PlanRequest } from '#core/planning/types.ts';
import type { PlanProvider } from '../types.ts';
import { createBoundedFetch } from './bounded-fetch.ts';
import { createChat, type Chat, type ChatAnswer } from './chat.ts';
import { isLoopbackUrl } from './loopback.ts';
import { mapError } from './map-error.ts';
import { costOf, LIST_PRICES, type TokenPrice } from './prices.ts';
import { planMessages, repairMessages } from './prompt.ts';
import { readAnswer } from './read-answer.ts';

const OPENAI_URL = 'https://api.openai.com/v1';
const DEFAULT_TIMEOUT_MS = 60_000;
const MAX_ANSWER_BYTES = 1024 * 1024;
const PROBE_TIMEOUT_MS = 1500;

/** Where to ask, with which model. */
export interface OpenAiPlanOptions {
  /** Up to and with `/v1`; OpenAI's own by default. On a loopback host the provider counts as offline. */
  readonly baseUrl?: string;
  /** Not needed on a loopback host. */
  readonly apiKey?: string;
  readonly model: string;
  /** For one question; a repair is a second one. */
  readonly timeoutMs?: number;
  /** Dollars per million tokens by model; replaces the list prices of the models it names. */
  readonly prices?: Readonly<Record<string, TokenPrice>>;
}

/**
 * The provider's `plan` throws AdgenError PROVIDER_UNAVAILABLE (transient: 429, 5xx, time-out, broken connection; `data.retryAfterMs`
 * when the server says so) or PROVIDER_REJECTED (permanent: key, model, two unusable answers).
 */
export function createOpenAiPlanProvider(options: OpenAiPlanOptions): PlanProvider {
  const baseUrl = (options.baseUrl ?? OPENAI_URL).replace(/\/+$/, '');
  checkBaseUrl(baseUrl);
  const apiKey = options.apiKey ?? '';
  const isLocal = isLoopbackUrl(baseUrl);
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const { host } = new URL(baseUrl);
  const chat = createChat(createClient(baseUrl, apiKey, timeoutMs), options.model, host);
  return {
    id: 'openai',
    version: `1-${createHash('sha256').update(`${baseUrl}\n${options.model}`).digest('hex').slice(0, 12)}`,
    needsNetwork: !isLocal,
    isReady: async () => (isLocal ? answersAtAll(baseUrl) : apiKey !== ''),
    async plan(request, call) {
      const budget = new Spending(options.model, { ...LIST_PRICES, ...options.prices });
      try {
        call.report(0, `Asking ${options.model} at ${host}`);
        const answer = await askForPlan(chat, request, { signal: call.signal, timeoutMs, budget, report: call.report });
        if (!budget.isPriceKnown && !isLocal) call.report(0.9, `The price of ${options.model} is not known; its cost is counted as 0.`);
        return { ...planFromAnswer(request, answer), costUsd: budget.usd };
      } catch (error) {
        throw withCost(mapError(error, { host, model: options.model, apiKey, timeoutMs, signal: call.signal }), budget.usd);
      }
    },
  };
}

// The address is not repeated in the message: it may hold a password.
function checkBaseUrl(baseUrl: string): void {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return;
  throw new AdgenError('BAD_INPUT', 'The address of the planning endpoint cannot be used. Write it like https://api.openai.com/v1, without user name and password.');
}

// Every option that the client would otherwise read from the environment is set.
function createClient(baseURL: string, apiKey: string, timeoutMs: number): OpenAI {
  return new OpenAI({
    baseURL, apiKey: apiKey === '' ? 'none' : apiKey, adminAPIKey: null, organization: null, project: null, webhookSecret: null,
    maxRetries: 0, timeout: timeoutMs, logLevel: 'off', fetch: createBoundedFetch(MAX_ANSWER_BYTES),
  });
}

interface Asking {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly budget: Spending;
  report(progress: number, note?: string): void;
}

async function askForPlan(chat: Chat, rawRequest: PlanRequest, asking: Asking): Promise<PlanAnswer> {
  const request = { ...rawRequest, brief: normaliseBrief(rawRequest.brief).brief };
  const bodyCount = clampSceneCount(request) - 1;
  const first = await ask(chat, (withSchema) => planMessages(request, bodyCount, withSchema), bodyCount, asking);
  const read = readAnswer(first.text, bodyCount);
  if ('answer' in read) return read.answer;
  const problems = problemsOf(first, read.problems);
  asking.report(0.5, 'The answer could not be used and was sent back once');
  const second = await ask(chat, (withSchema) => [...planMessages(request, bodyCount, withSchema), ...repairMessages(first.text, problems, bodyCount)], bodyCount, asking);
  const repaired = readAnswer(second.text, bodyCount);
  if ('answer' in repaired) return repaired.answer;
  throw new AdgenError('PROVIDER_REJECTED', `The model gave no usable plan in two attempts. Choose a model that can answer in JSON. (${problemsOf(second, repaired.problems).slice(0, 200)})`);
}

async function ask(chat: Chat, messages: Parameters<Chat['ask']>[0], bodyCount: number, { signal, timeoutMs, budget }: Asking): Promise<ChatAnswer> {
  const answer = await chat.ask(messages, bodyCount, AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]));
  budget.add(answer);
  return answer;
}

function problemsOf(answer: ChatAnswer, problems: string): string {
  return answer.wasCutOff ? `The answer was cut off for length; be briefer.\n${problems}` : problems;
}

/** Money spent on one plan, failed questions included. */
class Spending {
  usd = 0;
  isPriceKnown = true;
  readonly #model: string;
  readonly #prices: Readonly<Record<string, TokenPrice>>;

  constructor(model: string, prices: Readonly<Record<string, TokenPrice>>) {
    this.#model = model;
    this.#prices = prices;
  }

  add(answer: ChatAnswer): void {
    const cost = costOf(this.#model, answer.usage, this.#prices);
    this.isPriceKnown = cost !== undefined;
    this.usd += cost ?? 0;
  }
}

function withCost(error: Error, costUsd: number): Error {
  if (!(error instanceof AdgenError) || costUsd === 0) return error;
  return new AdgenError(error.code, error.message, { isTransient: error.isTransient, data: { ...error.data, costUsd }, cause: error.cause });
}

/** Whether anything answers HTTP there; a local server that is not running should cost no retries. */
async function answersAtAll(baseUrl: string): Promise<boolean> {
  try {
    const response = await fetch(`${baseUrl}/models`, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS), redirect: 'manual' });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}
