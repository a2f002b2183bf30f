/**
 * Errors that may reach a user. An `AdgenError` is expected: its message says what is wrong, with what, and what to do.
 * Anything else that is thrown is a bug; cancellation is an AbortError and never counts as a failure.
 */
export const ERROR_CODES = [
  'BAD_INPUT', 'NOT_FOUND', 'DISK_FULL', 'READ_ONLY', 'MISSING_TOOL', 'TOOL_FAILED', 'PROVIDER_UNAVAILABLE', 'PROVIDER_REJECTED',
  'DATABASE_BROKEN', 'DATABASE_NEWER', 'CONFLICT', 'CANCELED', 'INTERNAL',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** An expected error. `isTransient` says whether trying the same again may help. */
export class AdgenError extends Error {
  override readonly name = 'AdgenError';
  readonly code: ErrorCode;
  readonly isTransient: boolean;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: { isTransient?: boolean; data?: Record<string, unknown>; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.isTransient = options.isTransient ?? false;
    this.data = options.data ?? {};
  }
}

/** The cloneable form of an error, for the database, a worker or a wire. */
export interface SerializedError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly isTransient: boolean;
  readonly data: Readonly<Record<string, unknown>>;
  readonly stack?: string;
}

/** The most exact name that an error has: the one that its own table gives it (`data.reason`, `data.code`), else its code. Undefined for what has neither. */
export function nameOfError(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, data } = error as { code?: unknown; data?: unknown };
  const { reason, code: own } = (typeof data === 'object' && data !== null ? data : {}) as { reason?: unknown; code?: unknown };
  return [reason, own, code].find((name): name is string => typeof name === 'string' && /^[A-Z][A-Z_]+$/.test(name));
}

/** Turns anything thrown into data. A non-AdgenError becomes INTERNAL with its stack; an AbortError becomes CANCELED. */
export function serializeError(error: unknown): SerializedError {
  if (error instanceof AdgenError) return { code: error.code, message: error.message, isTransient: error.isTransient, data: error.data, stack: error.stack };
  if (error instanceof Error) {
    const code = error.name === 'AbortError' ? 'CANCELED' : 'INTERNAL';
    return { code, message: error.message, isTransient: false, data: {}, stack: error.stack };
  }
  return { code: 'INTERNAL', message: String(error), isTransient: false, data: {} };
}

/** The reverse of `serializeError`; a CANCELED comes back as an AbortError. */
export function deserializeError(error: SerializedError): Error {
  if (error.code === 'CANCELED') return Object.assign(new Error(error.message), { name: 'AbortError' });
  return new AdgenError(error.code, error.message, { isTransient: error.isTransient, data: { ...error.data } });
}
