import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort, startFakeProcess } from '../fake/testing/fake-process.ts';
import { createComfyClient } from './comfy-client.ts';
import { colorOf, decode, pictureGraph, QUICK } from './testing/harness.ts';
import { createMemoryJournal } from './testing/memory-journal.ts';

test('kill -9 of the server in the middle of a job: after its restart every job comes out, once', async () => {
  const root = await mkdtemp(join(tmpdir(), 'comfy-killed-'));
  const port = await freePort();
  const start = () => startFakeProcess(['--port', String(port), '--base-directory', join(root, 'comfy'), '--step-ms', '15']);
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
