/** Files stay small enough to read: nothing over 500 lines. */
import type { Source } from './sources.ts';

const MAX_LINES = 500;

/** One sentence per file that has outgrown the limit. */
export function checkSizes(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, text }) => {
    const lines = text.split('\n').length;
    return lines > MAX_LINES ? [`${path}: ${lines} lines; split it (at most ${MAX_LINES}).`] : [];
  });
}
