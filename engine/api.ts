/**
 * What every feature's `api.ts` is made with: the contract ready to be implemented, with errors turned into the contract's, and the tools
 * that handlers get. A feature's `api.ts` is its public face; `host/router.ts` only lists them.
 */
import { ValidationError } from '@orpc/contract';
import { implement, ORPCError } from '@orpc/server';
import { z } from 'zod';
import { contract } from '#core/contract/index.ts';
import { nameOfError, serializeError } from '#core/contract/errors.ts';
import type { HostTools } from './host/host-tools.ts';
import type { RunHub } from './host/run-hub.ts';
import type { Engine } from './main.ts';

/** What handlers work with. */
export interface ApiTools {
  readonly engine: Engine;
  /** Starts runs and tells what happens in them. */
  readonly hub: RunHub;
  /** What only the host of the process can do: dialogs, keys, the sidecar. */
  readonly host: HostTools;
  /** See `system.about`. */
  readonly mediaKey: string;
}

/** The errors that the contract carries, with their statuses; everything else arrives as FAILED. */
const CARRIED = new Map(Object.entries(contract.system.about['~orpc'].errorMap).map(([code, error]) => [code, error?.status ?? 500]));

/** Turns whatever a handler throws into an error of the contract. */
export async function carryErrors<T>(next: () => T): Promise<Awaited<T>> {
  try {
    return await next();
  } catch (error) {
    throw toContractError(error);
  }
}

/** The contract, to be implemented procedure by procedure. */
export const os = implement(contract).use(({ next }) => carryErrors(() => next()));

function toContractError(error: unknown): unknown {
  if (error instanceof ORPCError) return toBadInput(error) ?? error;
  const { code, message, data } = serializeError(error);
  return CARRIED.has(code) ? contractError(code, message, data) : contractError('FAILED', message, { reason: nameOfError(error) ?? code });
}

/** Input that the contract's schemas refuse is bad input like any other: the sentence names the fields. */
function toBadInput({ code, cause }: ORPCError<string, unknown>): unknown {
  if (code !== 'BAD_REQUEST' || !(cause instanceof ValidationError)) return undefined;
  const fields = cause.issues.map(({ path = [], message }) => `${z.core.toDotPath(path.map((part) => (typeof part === 'object' ? part.key : part))) || 'input'}: ${message}`);
  return contractError('BAD_INPUT', `The request has mistakes: ${fields.join('; ')}.`);
}

function contractError(code: string, message: string, data: Readonly<Record<string, unknown>> = {}): unknown {
  return new ORPCError(code, { status: CARRIED.get(code), message, data, defined: true });
}
