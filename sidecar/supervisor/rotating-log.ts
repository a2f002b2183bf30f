/**
 * The engine's log: `engine-0001.log`, … of 10 MB each, the newest twenty kept. Files are numbered, not renamed, because Windows
 * does not rename what somebody reads. Writing never holds the engine up: what the disk cannot take in time is left out and counted.
 */
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { redact, type Secrets } from './redact.ts';

export interface RotatingLog {
  /** Time stamps are added. */
  write(lines: readonly string[]): void;
  /** All that was written is on disk. */
  flush(): Promise<void>;
  /** The files, oldest first. */
  files(): string[];
  /** One file with the newest lines, without tokens and user paths. */
  exportTo(path: string, secrets: Secrets): Promise<void>;
}

export interface LogSizes {
  readonly maxBytes: number;
  readonly maxFiles: number;
  /** Waiting to be written. */
  readonly maxPendingBytes: number;
}

const MB = 1024 * 1024;
const SIZES: LogSizes = { maxBytes: 10 * MB, maxFiles: 20, maxPendingBytes: 16 * MB };
/** What a person reads and a mail takes. */
const EXPORT_FILES = 2;
const NAME = /^engine-(\d{4,})\.log$/;

export function openRotatingLog(folder: string, sizes: LogSizes = SIZES): RotatingLog {
  mkdirSync(folder, { recursive: true });
  const numbers = (): number[] => readdirSync(folder).flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number).sort((a, b) => a - b);
  const pathOf = (number: number): string => join(folder, `engine-${String(number).padStart(4, '0')}.log`);
  let current = numbers().at(-1) ?? 1;
  let bytes = statSync(pathOf(current), { throwIfNoEntry: false })?.size ?? 0;
  let pending: string[] = [];
  let pendingBytes = 0;
  let leftOut = 0;
  let writing: Promise<void> | undefined;

  const rotate = (): void => {
    current += 1;
    bytes = 0;
    try {
      for (const number of numbers().filter((each) => each <= current - sizes.maxFiles)) rmSync(pathOf(number), { force: true });
    } catch {
      // the folder is gone or a reader holds a file; the next rotation tries again
    }
  };
  const drain = async (): Promise<void> => {
    while (pending.length > 0) {
      if (bytes >= sizes.maxBytes) rotate();
      const text = takeUpTo(sizes.maxBytes - bytes);
      try {
        await appendFile(pathOf(current), text);
      } catch {
        leftOut += text.split('\n').length - 1; // a full or missing disk must not stop the engine
      }
    }
    writing = undefined;
  };
  /** At least one line, so that a line that fits nowhere is written all the same. */
  const takeUpTo = (room: number): string => {
    let taken = 0;
    let size = 0;
    while (taken < pending.length && (taken === 0 || size < room)) size += Buffer.byteLength(pending[taken++] ?? '');
    bytes += size;
    pendingBytes -= size;
    return pending.splice(0, taken).join('');
  };
  const push = (line: string): void => {
    pending.push(line);
    pendingBytes += Buffer.byteLength(line);
  };
  return {
    write(lines) {
      const stamp = new Date().toISOString();
      if (pendingBytes > sizes.maxPendingBytes) {
        leftOut += lines.length;
        return;
      }
      if (leftOut > 0) push(`${stamp} … ${leftOut} lines left out: the disk did not take them\n`);
      leftOut = 0;
      for (const line of lines) push(`${stamp} ${line}\n`);
      writing ??= drain();
    },
    async flush() {
      await writing;
    },
    files: () => numbers().map(pathOf),
    async exportTo(path, secrets) {
      await writing;
      const texts = await Promise.all(numbers().slice(-EXPORT_FILES).map((number) => readFile(pathOf(number), 'utf8')));
      await writeFile(path, redact(texts.join(''), secrets));
    },
  };
}
