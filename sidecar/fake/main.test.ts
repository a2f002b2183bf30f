import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort, startFakeProcess } from './testing/fake-process.ts';

const start = (args: readonly string[]) => startFakeProcess(args, { timeout: 30_000 });

test('serves until it is told to end, with the nonce it was given', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fake-comfy-main-'));
  const port = await freePort();
  const process = start(['--port', String(port), '--base-directory', folder, '--listen', '127.0.0.1', '--disable-api-nodes', '--feature-flag', 'adgen=abc', '--fault', 'slow=1']);
  await new Promise((resolve) => process.stderr.once('data', resolve));
  expect(await (await fetch(`http://127.0.0.1:${port}/features`)).json()).toMatchObject({ adgen: 'abc' });
  process.kill('SIGTERM');
  expect((await process).exitCode).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

test.each([[['--fault', 'die-at-boot'], 1, 'before it serves'], [['--fault', 'boredom'], 2, 'no fault "boredom"']])('%s ends with %d', async (args, code, text) => {
  const ended = await start(['--port', '0', ...args]);
  expect(ended.exitCode).toBe(code);
  expect(ended.stderr).toContain(text);
});
