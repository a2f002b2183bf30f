import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { createComfyClient } from './comfy-client.ts';
import { colorOf, decode, pictureGraph, QUICK } from './testing/harness.ts';
import { createMemoryJournal } from './testing/memory-journal.ts';

const main = join(import.meta.dirname, '..', 'fake', 'main.ts');

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

test('kill -9 of the server in the middle of a job: after its restart every job comes out, once', async () => {
  const root = await mkdtemp(join(tmpdir(), 'comfy-killed-'));
  const port = await freePort();
  const start = () => execa(process.execPath, ['--disable-warning=ExperimentalWarning', main, '--port', String(port), '--base-directory', join(root, 'comfy'), '--step-ms', '15'], { reject: false });
  let server = start();
  const client = createComfyClient({ url: `http://127.0.0.1:${port}`, journal: createMemoryJournal(), limits: { ...QUICK, unreachableMs: 30_000 } });
  await client.ready();
  let killed: Promise<void> | undefined;
  const kill = async (): Promise<void> => {
    server.kill('SIGKILL');
    await server;
    server = start();
  };
  const results = await Promise.all([0x110000, 0x220000, 0x330000].map(async (color, i) => {
    const files = await client.run({ key: `job-${i}`, graph: pictureGraph(color), folder: join(root, `job-${i}`), verify: decode, onProgress: (value) => { if (value > 0.3) killed ??= kill(); } });
    return await colorOf(files[0]);
  }));
  expect(killed).toBeDefined();
  expect(results).toEqual([0x110000, 0x220000, 0x330000]);
  await client.close();
  server.kill('SIGTERM');
  await server;
  await rm(root, { recursive: true, force: true });
});
