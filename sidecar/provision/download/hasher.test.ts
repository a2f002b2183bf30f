import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createHasher, createInlineHasher, createThreadHasher } from './hasher.ts';

const sha256 = (...parts: Buffer[]): string => createHash('sha256').update(Buffer.concat(parts)).digest('hex');
/** In memory of its own, which may be given away. */
const own = (bytes: Buffer): Buffer<ArrayBuffer> => {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
};

test.each([['here', createInlineHasher], ['in a thread', createThreadHasher]])('%s: everything counts, in order; the memory comes back', async (_, create) => {
  const parts = Array.from({ length: 40 }, (_unused, index) => randomBytes(1000 * (index + 1)));
  const hasher = create();
  const memories = await Promise.all(parts.map((part) => hasher.add(own(part))));
  expect(memories.map(({ length }) => length)).toEqual(parts.map(({ length }) => length));
  expect(await hasher.digest()).toBe(sha256(...parts));
  hasher.restart();
  const slab = Buffer.allocUnsafeSlow(4096);
  parts[0]?.copy(slab);
  expect((await hasher.add(slab.subarray(0, 1000))).length).toBe(4096); // all of it, though only a part was hashed
  expect(await hasher.digest()).toBe(sha256(parts[0] ?? Buffer.alloc(0)));
  await hasher.close();
});

test('a thread that has ended is told to everybody who waits and to all who come later', async () => {
  const hasher = createThreadHasher();
  const waiting = hasher.digest().then(() => 'done', (error: Error) => error.message);
  await hasher.close();
  expect(['done', 'The thread that computes the hash has ended.']).toContain(await waiting);
  await expect(hasher.digest()).rejects.toThrow('The thread that computes the hash has ended.');
  hasher.restart();
});

test('a small or unknown size is not worth a thread', async () => {
  for (const bytes of [undefined, 0, 63_000_000]) {
    const hasher = createHasher(bytes);
    hasher.restart();
    expect(await hasher.digest()).toBe(sha256());
    await hasher.close();
    expect(await hasher.digest()).toBe(sha256()); // one without a thread does not end
  }
});
