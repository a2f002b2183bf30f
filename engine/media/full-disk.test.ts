/** A disk that fills up while a file comes in: the sentence names the file, and nothing is left of it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serializeError } from '#core/contract/errors.ts';
import type { Services } from '../pipeline/services.ts';
import { openArtifactStore } from '../storage/artifact-store.ts';
import { receiveUpload } from './receive-upload.ts';

let folder: string;

/** Only root may mount, and not in every container. */
function tryMount(path: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'adgen-media', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const probe = join(tmpdir(), `adgen-media-probe-${process.pid}`);
mkdirSync(probe, { recursive: true });
const canMount = tryMount(probe);
if (canMount) execFileSync('umount', ['-l', probe]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-media-full-'));
  if (canMount) tryMount(folder);
});

afterAll(async () => {
  if (canMount) execFileSync('umount', ['-l', folder]);
  await Promise.all([folder, probe].map((path) => rm(path, { recursive: true, force: true })));
});

test.runIf(canMount)('an upload onto a full disk', async () => {
  const services = { store: openArtifactStore(folder), dataDir: folder } as Services;
  const server = createServer((request, response) => {
    receiveUpload(request, services).then(
      () => response.end('{}'),
      (error: unknown) => {
        response.writeHead(507).end(JSON.stringify(serializeError(error)));
        request.resume();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/upload?purpose=photo&name=can.jpg`, { method: 'POST', body: new Uint8Array(8_000_000) });
    expect(await response.json()).toMatchObject({ code: 'DISK_FULL', message: `There is no room for "can.jpg": the disk that holds ${folder} is full. Free some space, then add the file again.` });
    expect(await readdir(join(folder, 'tmp'))).toEqual([]);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
