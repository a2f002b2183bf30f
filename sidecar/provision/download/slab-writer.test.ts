import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createThreadHasher } from './hasher.ts';
import type { Hasher } from './hasher.ts';
import { createSlabWriter } from './slab-writer.ts';
import type { SlabWriter } from './slab-writer.ts';

const content = randomBytes(20 * 1024 ** 2 + 12_345);

let folder: string;
let hasher: Hasher;
let file: FileHandle | undefined;
beforeEach(async () => {
  hasher = createThreadHasher();
  folder = await mkdtemp(join(tmpdir(), 'slabs-'));
});
afterEach(async () => {
  await hasher.close();
  await file?.close();
  await rm(folder, { recursive: true });
});

const start = (opened: FileHandle, onWritten = (): void => {}): SlabWriter => createSlabWriter((file = opened), 0, () => hasher, onWritten);

/** Puts bytes in until no more are wanted. Returns how many. */
function fill(writer: SlabWriter, bytes: Buffer): number {
  for (let at = 0; at < bytes.length; ) {
    const copied = bytes.copy(writer.space(), 0, at, at + 100_000);
    at += copied;
    if (!writer.took(copied)) return at;
  }
  return bytes.length;
}

test('says when the disk cannot follow, and goes on when it can', async () => {
  let written = 0;
  const writer = start(await open(join(folder, 'x'), 'w'), () => (written += 1));
  let filled = fill(writer, content);
  expect(filled).toBe(16 * 1024 ** 2);
  await writer.hasRoom();
  expect(written).toBeGreaterThanOrEqual(8);
  filled += fill(writer, content.subarray(filled));
  expect(filled).toBe(content.length);
  await writer.settle();
  expect(writer).toMatchObject({ position: content.length, written: content.length, failure: undefined });
  expect(await writer.digest()).toBe(createHash('sha256').update(content).digest('hex'));
  expect((await readFile(join(folder, 'x'))).equals(content)).toBe(true);
});

test('begins anew', async () => {
  const writer = start(await open(join(folder, 'x'), 'w'));
  fill(writer, content.subarray(0, 1_500_000));
  await writer.settle();
  writer.restart();
  fill(writer, content.subarray(0, 1_200_000));
  await writer.settle();
  expect(writer).toMatchObject({ position: 1_200_000, written: 1_200_000 });
  expect(await writer.digest()).toBe(createHash('sha256').update(content.subarray(0, 1_200_000)).digest('hex'));
});

// A device that is always full.
test.runIf(process.platform === 'linux')('keeps what the disk said, and nobody waits for ever', async () => {
  const writer = start(await open('/dev/full', 'r+'));
  expect(fill(writer, content)).toBe(16 * 1024 ** 2);
  await writer.hasRoom();
  await writer.settle();
  expect(writer.failure?.error).toMatchObject({ code: 'ENOSPC' });
  expect(writer.took(0)).toBe(false);
  await writer.hasRoom();
});
