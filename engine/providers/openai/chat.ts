/**
 * One planning question to an OpenAI-compatible server, with structured output as far as the server has it: JSON schema,
 * else JSON object, else plain text. What a server cannot do is remembered, so it is asked that way only once. No retries
 * here: the queue retries.
 */
import OpenAI, { APIError } from 'openai';
import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { z } from 'zod';
import { AdgenError } from '#core/contract/errors.ts';
import { planAnswerJsonSchema } from '#core/planning/plan-answer.ts';
import type { Usage } from './prices.ts';

const MODES = ['json_schema', 'json_object', 'plain'] as const;
type Mode = (typeof MODES)[number];

/** What came back. `wasCutOff`: the model ran out of tokens. */
export interface ChatAnswer {
  readonly text: string;
  readonly usage: Usage;
  readonly wasCutOff: boolean;
}

/** One model of one server, and what is known of its abilities. */
export interface Chat {
  /** `messages` is called with whether the schema must stand in the prompt. */
  ask(messages: (withSchema: boolean) => ChatCompletionMessageParam[], bodyCount: number, signal: AbortSignal): Promise<ChatAnswer>;
}

const tokens = z.number().int().nonnegative().catch(0);

const completionSchema = z.object({
  choices: z.array(z.object({
    finish_reason: z.string().nullish(),
    message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
  })).min(1),
  usage: z.object({ prompt_tokens: tokens, completion_tokens: tokens }).nullish().catch(null),
});

/** A chat with one model of one server. */
export function createChat(client: OpenAI, model: string, host: string): Chat {
  let mode: Mode = 'json_schema';
  return {
    async ask(messages, bodyCount, signal) {
      for (;;) {
        try {
          const completion = await client.chat.completions.create({ model, messages: messages(mode !== 'json_schema'), ...responseFormat(mode, bodyCount) }, { signal });
          return readCompletion(completion, host);
        } catch (error) {
          const next = MODES[MODES.indexOf(mode) + 1];
          if (next === undefined || !isFormatProblem(error)) throw error;
          mode = next;
        }
      }
    },
  };
}

function responseFormat(mode: Mode, bodyCount: number): Pick<OpenAI.ChatCompletionCreateParamsNonStreaming, 'response_format'> {
  if (mode === 'json_schema') return { response_format: { type: 'json_schema', json_schema: { name: 'plan', strict: true, schema: planAnswerJsonSchema(bodyCount) } } };
  return mode === 'json_object' ? { response_format: { type: 'json_object' } } : {};
}

function isFormatProblem(error: unknown): boolean {
  return error instanceof APIError && (error.status === 400 || error.status === 422) && /response_format|json_schema|json_object|structured output|grammar/i.test(error.message);
}

function readCompletion(completion: unknown, host: string): ChatAnswer {
  const parsed = completionSchema.safeParse(completion);
  if (!parsed.success) throw new AdgenError('PROVIDER_REJECTED', `${host} answered with something that is not a chat completion. Check that the base URL is that of an OpenAI-compatible server (it usually ends in /v1).`);
  const choice = parsed.data.choices[0];
  if (choice?.message.refusal) throw new AdgenError('PROVIDER_REJECTED', `The model refused to plan this advert: ${choice.message.refusal.slice(0, 200)}`);
  const { usage } = parsed.data;
  return {
    text: choice?.message.content ?? '',
    usage: { inputTokens: usage?.prompt_tokens ?? 0, outputTokens: usage?.completion_tokens ?? 0 },
    wasCutOff: choice?.finish_reason === 'length',
  };
}
