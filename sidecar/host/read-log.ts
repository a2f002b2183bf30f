/** The newest lines of the engine's log, for a page. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createLogTail } from '#sidecar/supervisor/log-tail.ts';
import { openRotatingLog } from '#sidecar/supervisor/rotating-log.ts';

/** A log that is only read makes no folder; before the first start there is none. */
export async function readLog(engineDir: string, count: number): Promise<{ lines: string[]; path: string | null }> {
  const folder = join(engineDir, 'logs');
  const files = existsSync(folder) ? openRotatingLog(folder).files() : [];
  const lines = await createLogTail(() => files).last(count);
  return { lines: lines.map((line) => line.slice(0, MOST_LETTERS)), path: files.at(-1) ?? null };
}

/** A page shows lines, not pictures in base64. */
const MOST_LETTERS = 2000;
