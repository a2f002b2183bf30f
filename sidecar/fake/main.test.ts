import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const main = join(import.meta.dirname, 'main.ts');
const start = (args: readonly string[]) => execa(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], { reject: false, timeout: 30_000 });

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

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
