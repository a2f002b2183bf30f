/** Tables of what can go wrong, by stable names: the sentence comes from the place where it happened, the action from the table. */
import { AdgenError } from '#core/contract/errors.ts';
import type { ErrorCode } from '#core/contract/errors.ts';

export interface NamedFailure {
  readonly code: ErrorCode;
  readonly isTransient: boolean;
  readonly action: string;
}

export interface FailureOptions {
  /** Instead of the usual action. */
  readonly action?: string;
  readonly data?: Record<string, unknown>;
  readonly cause?: unknown;
}

export function nameFailures<Name extends string>(table: Readonly<Record<Name, NamedFailure>>) {
  return {
    /** An AdgenError whose `data.reason` names the failure; its message ends with what to do. */
    toError(reason: Name, sentence: string, options: FailureOptions = {}): AdgenError {
      const { code, isTransient, action: usual } = table[reason];
      const action = options.action ?? usual;
      return new AdgenError(code, `${sentence} ${action}`, { isTransient, data: { reason, action, ...options.data }, cause: options.cause });
    },
    /** The failure's name; undefined for anything that is not of this table. */
    reasonOf(error: unknown): Name | undefined {
      const reason = error instanceof AdgenError ? error.data['reason'] : undefined;
      return typeof reason === 'string' && Object.hasOwn(table, reason) ? (reason as Name) : undefined;
    },
  };
}
