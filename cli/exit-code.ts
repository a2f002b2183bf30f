/** Exit codes of `adgen`, as `--help` documents them. */
import { serializeError } from '#core/contract/errors.ts';
import type { ErrorCode } from '#core/contract/errors.ts';

export const EXIT = { done: 0, failed: 1, usage: 2, canceled: 130 } as const;

const USAGE_CODES: readonly ErrorCode[] = ['BAD_INPUT', 'NOT_FOUND', 'READ_ONLY'];

/** 2 when the user's input or paths must change, 130 when canceled, 1 for everything else. */
export function exitCodeOf(error: unknown): number {
  const { code } = serializeError(error);
  if (code === 'CANCELED') return EXIT.canceled;
  return USAGE_CODES.includes(code) ? EXIT.usage : EXIT.failed;
}
