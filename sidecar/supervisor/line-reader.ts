/** Bytes of a foreign program to plain lines: UTF-8 across chunks, colours removed, carriage returns of progress bars as line ends. */
import { StringDecoder } from 'node:string_decoder';

export interface LineReader {
  push(chunk: Uint8Array): void;
  /** What came without a line end. */
  end(): void;
}

/** A line without an end must not fill the memory. */
const MAX_LINE = 16 * 1024;
const ANSI = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)|[@-_])/g;

export const stripAnsi = (text: string): string => (text.includes('\u001B') ? text.replace(ANSI, '') : text);

/** `onLines` gets all lines of a chunk at once; empty ones are left out. */
export function createLineReader(onLines: (lines: readonly string[]) => void): LineReader {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const give = (lines: readonly string[]): void => {
    const said = lines.map((line) => stripAnsi(line).trimEnd()).filter((line) => line !== '');
    if (said.length > 0) onLines(said);
  };
  return {
    push(chunk) {
      const parts = (rest + decoder.write(chunk as Buffer)).split(/[\r\n]+/);
      rest = parts.pop() ?? '';
      if (rest.length > MAX_LINE) {
        parts.push(rest);
        rest = '';
      }
      give(parts);
    },
    end() {
      give([rest + decoder.end()]);
      rest = '';
    },
  };
}
