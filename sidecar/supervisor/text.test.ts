import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { activityOf, parseBootLine } from './boot-lines.ts';
import { createLineReader } from './line-reader.ts';
import { redact } from './redact.ts';

function read(chunks: readonly Uint8Array[]): string[] {
  const lines: string[] = [];
  const reader = createLineReader((more) => lines.push(...more));
  for (const chunk of chunks) reader.push(chunk);
  reader.end();
  return lines;
}

describe('lines', () => {
  test('come without colours, titles and line ends, progress bars one by one', () => {
    expect(read([Buffer.from('\u001B[32mgreen\u001B[0m\r\n\r\n 50%\r100%\n\u001B]0;title\u0007last')])).toEqual(['green', ' 50%', '100%', 'last']);
  });

  test('are the same however the bytes are cut', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a', 'ü', '🙂', '\n', '\u001B[1m', 'x y'), { maxLength: 30 }), fc.integer({ min: 1, max: 7 }), (parts, size) => {
      const bytes = Buffer.from(parts.join(''));
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
      expect(read(chunks)).toEqual(read([bytes]));
    }));
  });

  test('without an end do not fill the memory', () => {
    expect(read(Array.from({ length: 100 }, () => Buffer.alloc(1000, 'x'))).length).toBeGreaterThan(4);
  });
});

describe('the boot script’s lines', () => {
  test.each([
    ['{"event": "LISTEN", "run": "a", "port": 8188}', { event: 'LISTEN', run: 'a', port: 8188 }],
    ['{"event": "BEAT", "run": "a", "cpu": 1.5}', { event: 'BEAT', run: 'a', cpu: 1.5 }],
    ['{"event": "LISTEN", "run": "other", "port": 8188}', undefined],
    ['{"event": "LISTEN", "run": "a", "port": 0}', undefined],
    ['{"event": "LISTEN", "run": "a"', undefined],
    ['{"event": "execution_start"}', undefined],
    ['Starting server', undefined],
  ])('%s', (line, expected) => expect(parseBootLine(line, 'a')).toEqual(expected));

  test.each([
    ['Total VRAM 24217 MB, total RAM 64000 MB', 'preparing the device'],
    ['pytorch version: 2.10.0+cu130', 'loading PyTorch'],
    ['Import times for custom nodes:', 'loading nodes'],
    ['Starting server', 'opening the port'],
    ['got prompt', undefined],
  ])('%s means %s', (line, activity) => expect(activityOf(line)).toBe(activity));
});

test.each([
  ['open C:\\Users\\Ann\\ads\\a.png', 'open ~\\ads\\a.png', 'C:\\Users\\Ann'],
  ["'C:\\\\Users\\\\Ann\\\\a.png'", "'~\\\\a.png'", 'C:\\Users\\Ann'],
  ['D:\\Users\\Bob\\x and /home/bob/x and /Users/bob/x', 'D:\\Users\\<user>\\x and /home/<user>/x and /Users/<user>/x', '/home/ann'],
  ['GET https://user:pass@host/x?token=abcdef&a=1', 'GET https://<login>@host/x?token=<token>&a=1', '/root/x'],
  ['Authorization: Bearer abcdefghijk', 'Authorization: Bearer <token>', '/home/ann'],
  ['"api_key": "abcdefgh" hf_1234567890 run=secret-nonce', '"api_key": "<token>" <token> run=<hidden>', '/home/ann'],
  ['3 of 20 steps, 1.2 s/it', '3 of 20 steps, 1.2 s/it', '/home/ann'],
])('redacted: %s', (text, expected, homeDir) => expect(redact(text, { homeDir, words: ['secret-nonce'] })).toBe(expected));
