import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { activityOf, parseBootLine } from './boot-lines.ts';
import { createLineReader } from './line-reader.ts';
import { redact } from './redact.ts';

/** What ComfyUI said from its first line to the open port, colours removed and shortened. */
const RECORDED_STARTS = {
  '0.28.1': `[INFO] setup plugin alembic.autogenerate.tables
[INFO] Setting base directory to: /data/engine
[INFO] Found comfy_kitchen backend triton: {'available': False, 'disabled': True}
[INFO] Found comfy_kitchen backend eager: {'available': True, 'disabled': False}
[INFO] Checkpoint files will always be loaded safely.
[INFO] Total VRAM 24106 MB, total RAM 24106 MB
[INFO] pytorch version: 2.13.0+cpu
[INFO] Set vram state to: DISABLED
[INFO] Device: cpu
[INFO] Using sub quadratic optimization for attention, if you have memory or speed issues try using: --use-split-cross-attention
[INFO] Python version: 3.11.7 (main) [GCC 12.2.0]
[INFO] ComfyUI version: 0.28.1
[INFO] comfy-aimdo version: 0.4.10
[INFO] comfy-kitchen version: 0.2.20
[WARNING] ****** User settings have been changed to be stored on the server instead of browser storage. ******
[INFO] [Prompt Server] web root: /data/page
[INFO] Asset seeder disabled
[INFO] Skipping loading of custom nodes
[INFO] Using RAM pressure cache.
[INFO] Starting server
[INFO] To see the GUI go to: http://127.0.0.1:0`,
  '0.3.64': `Checkpoint files will always be loaded safely.
Total VRAM 24106 MB, total RAM 24106 MB
pytorch version: 2.13.0+cpu
Set vram state to: DISABLED
Device: cpu
Using sub quadratic optimization for attention, if you have memory or speed issues try using: --use-split-cross-attention
Python version: 3.11.7 (main) [GCC 12.2.0]
ComfyUI version: 0.3.64
****** User settings have been changed to be stored on the server instead of browser storage. ******
[Prompt Server] web root: /data/page
Skipping loading of custom nodes
Context impl SQLiteImpl.
No target revision found.
Starting server
To see the GUI go to: http://127.0.0.1:0`,
};

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
    ['Import times for custom nodes:', 'loading nodes'],
    ['got prompt', undefined],
    ['[WARNING] something of no interest', undefined],
  ])('%s means %s', (line, activity) => expect(activityOf(line)).toBe(activity));

  test.each(Object.entries(RECORDED_STARTS))('of a start of %s tell what it is at, in order, without going back', (_, start) => {
    const told = start.split('\n').flatMap((line) => activityOf(line) ?? []);
    const changes = told.filter((activity, index) => activity !== told[index - 1]);
    expect(changes).toEqual(['loading PyTorch', 'preparing the device', 'loading ComfyUI', 'loading nodes', 'opening the port'].slice(5 - changes.length));
    expect(changes.length).toBeGreaterThanOrEqual(4);
  });
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
