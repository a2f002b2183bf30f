/** How long to wait before a transient error is tried again. */
import { createRandom } from '#core/lib/random.ts';

const FIRST_MS = 400;
const LONGEST_MS = 20_000;

/**
 * Exponential with jitter: 400 ms doubled per attempt, at most 20 s, times 0.5–1. `seedText` and `attempt` fix the jitter, so
 * that steps spread out but a test can foretell them.
 */
export function retryDelayMs(seedText: string, attempt: number, firstMs = FIRST_MS): number {
  const ceiling = Math.min(LONGEST_MS, firstMs * 2 ** (attempt - 1));
  return Math.round(ceiling * createRandom(attempt, seedText).between(0.5, 1));
}
