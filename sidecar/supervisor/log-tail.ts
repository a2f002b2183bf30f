/** The end of a log that stands in several files, and what is written to it afterwards. Files may be added and removed meanwhile. */
import { open, readFile } from 'node:fs/promises';

export interface LogTail {
  /** The newest lines, oldest first; `more` goes on after them. */
  last(count: number): Promise<string[]>;
  /** Whole lines that have come since. */
  more(): Promise<string[]>;
}

/** @param listFiles the files, oldest first */
export function createLogTail(listFiles: () => readonly string[]): LogTail {
  let place: { readonly file: string; readonly bytes: number } | undefined;
  return {
    async last(count) {
      const files = listFiles();
      let lines: string[] = [];
      for (const file of files.toReversed()) {
        const bytes = await readOrNothing(file);
        const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
        if (file === files.at(-1)) place = { file, bytes: whole.length };
        lines = [...toLines(whole), ...lines];
        if (lines.length >= count) break;
      }
      return count === 0 ? [] : lines.slice(-count);
    },
    async more() {
      const files = listFiles();
      const from = place === undefined ? 0 : Math.max(0, files.indexOf(place.file));
      const lines: string[] = [];
      for (const file of files.slice(from)) {
        const start = place?.file === file ? place.bytes : 0;
        const bytes = await readFrom(file, start);
        const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
        place = { file, bytes: start + whole.length };
        lines.push(...toLines(whole));
      }
      return lines;
    },
  };
}

/** Cut at line ends only, so no letter is ever cut through. */
const toLines = (bytes: Buffer): string[] => bytes.toString('utf8').split('\n').slice(0, -1);

async function readOrNothing(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0); // rotated away in this moment
    throw error;
  }
}

async function readFrom(file: string, start: number): Promise<Buffer> {
  try {
    await using handle = await open(file);
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.max(0, size - start));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
    return bytes.subarray(0, bytesRead);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
