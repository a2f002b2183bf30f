/**
 * Asks the providers of a chain in order: transient errors are tried again with the same provider, any other failure goes
 * to the next. Every step down is recorded. A cancel is never taken for a failure, and a full disk or a read-only folder
 * stops the chain, because the next provider would meet it too.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { AdgenError, nameOfError } from '#core/contract/errors.ts';
import { canceledError } from './canceled-error.ts';
import { retryDelayMs } from './retry-delay.ts';
import type { Fallback } from './types.ts';

/** A link of a chain. */
export interface ChainLink {
  readonly id: string;
  isReady?(): Promise<boolean>;
}

export interface ChainResult<P, T> {
  readonly value: T;
  /** The link that did the work. */
  readonly provider: P;
  /** Left out when the first link did it. */
  readonly fallback?: Fallback[];
}

export interface ChainOptions {
  /** Attempts per provider for transient errors; default 3. */
  readonly maxAttempts?: number;
  /** Wait before the second attempt; default 400 ms. */
  readonly retryFirstMs?: number;
}

/** A provider that wants a longer pause is given up for the next one after its attempts. */
const LONGEST_ASKED_MS = 30_000;

/** The next link would meet it too. */
export const HOPELESS = new Set(['DISK_FULL', 'READ_ONLY']);

/** Throws the last link's error when all have failed, and an AbortError when the step was canceled. */
export async function runChain<P extends ChainLink, T>(
  chain: readonly P[],
  call: (link: P) => Promise<T>,
  { signal }: { readonly signal: AbortSignal },
  options: ChainOptions = {},
): Promise<ChainResult<P, T>> {
  const fallback: Fallback[] = [];
  let failure: unknown = new AdgenError('PROVIDER_UNAVAILABLE', 'There is no provider to ask.');
  for (const [index, provider] of chain.entries()) {
    try {
      const value = await askOne(provider, call, signal, options);
      return { value, provider, ...(fallback.length > 0 ? { fallback } : {}) };
    } catch (error) {
      if (signal.aborted) throw canceledError();
      if (error instanceof AdgenError && HOPELESS.has(error.code)) throw error;
      failure = error;
      const to = chain[index + 1];
      if (to !== undefined) fallback.push({ from: provider.id, to: to.id, ...explain(error), ...(isPassing(error) ? { isPassing: true } : {}) });
    }
  }
  throw failure;
}

async function askOne<P extends ChainLink, T>(provider: P, call: (link: P) => Promise<T>, signal: AbortSignal, { maxAttempts = 3, retryFirstMs }: ChainOptions): Promise<T> {
  signal.throwIfAborted();
  if (provider.isReady !== undefined && !(await provider.isReady())) throw new AdgenError('PROVIDER_UNAVAILABLE', `${provider.id} is not set up or does not answer`);
  for (let attempt = 1; ; attempt++) {
    try {
      return await call(provider);
    } catch (error) {
      const mayHelp = error instanceof AdgenError && error.isTransient && attempt < maxAttempts;
      if (signal.aborted || !mayHelp) throw error;
      await delay(Math.max(retryDelayMs(provider.id, attempt, retryFirstMs), askedDelayMs(error)), undefined, { signal });
    }
  }
}

/** A provider that says how long to wait (`retryAfterMs`, as of a 429's header) is believed, within reason. */
function askedDelayMs({ data }: AdgenError): number {
  const asked = data['retryAfterMs'];
  return typeof asked === 'number' && asked > 0 ? Math.min(asked, LONGEST_ASKED_MS) : 0;
}

/** Out of reach now; that says nothing about the next time. */
export function isPassing(error: unknown): boolean {
  return error instanceof AdgenError && (error.code === 'PROVIDER_UNAVAILABLE' || error.isTransient);
}

/** Why a link gave up: a sentence, and the error's name where it has one. */
export function explain(error: unknown): Pick<Fallback, 'reason' | 'name'> {
  const name = nameOfError(error);
  return { reason: error instanceof Error ? error.message : String(error), ...(name === undefined ? {} : { name }) };
}
