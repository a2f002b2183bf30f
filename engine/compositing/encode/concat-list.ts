/** Pure text of ffmpeg's concat demuxer lists. */
import path from 'node:path';

export interface ConcatEntry {
  readonly path: string;
  readonly durationSeconds: number;
}

/**
 * A list for `-f concat -safe 0`. The language quotes with apostrophes like a shell, and reads line by line, so a line
 * break inside a path cannot be written and is refused.
 */
export function formatConcatList(entries: readonly ConcatEntry[]): string {
  const lines = entries.map((entry) => `file ${quoteConcatPath(entry.path)}\nduration ${entry.durationSeconds.toFixed(6)}`);
  return `ffconcat version 1.0\n${lines.join('\n')}\n`;
}

/** `it's.mp4` → `'file:/…/it'\''s.mp4'`. */
export function quoteConcatPath(filePath: string): string {
  if (/[\n\r\0]/.test(filePath)) throw new RangeError('A path with a line break cannot stand in a concat list.');
  return `'file:${path.resolve(filePath).replaceAll("'", `'\\''`)}'`;
}
