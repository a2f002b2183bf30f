/** When to try again. A try that brought new bytes costs nothing; one that did not counts, and the pauses grow. */
import { AdgenError } from '#core/contract/errors.ts';

export interface RetryRules {
  readonly tries: number;
  readonly retryFirstMs: number;
}

const LONGEST_PAUSE_MS = 30_000;
/** A server that asks for more is told to the user instead of being waited for. */
const LONGEST_RETRY_AFTER_MS = 120_000;

/**
 * @param failures tries in a row without a new byte, this one included; 0 when it brought some
 * @returns the pause before the next try in milliseconds; undefined = give up
 */
export function pauseBeforeRetry(error: unknown, failures: number, { tries, retryFirstMs }: RetryRules): number | undefined {
  if (!(error instanceof AdgenError) || !error.isTransient || failures >= tries) return undefined;
  const asked = error.data['retryAfterMs'];
  if (typeof asked === 'number') return asked <= LONGEST_RETRY_AFTER_MS ? Math.max(asked, retryFirstMs) : undefined;
  return Math.min(LONGEST_PAUSE_MS, retryFirstMs * 2 ** Math.max(0, failures - 1));
}
