import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { unpackedBytes } from './wheel-size.ts';

async function zipOf(sizes: readonly number[], { comment, isLarge = false }: { comment?: string; isLarge?: boolean } = {}): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [index, size] of sizes.entries()) zip.addBuffer(Buffer.alloc(size, 'x'), `package/${'deep/'.repeat(index % 7)}file-${index}.py`, { forceZip64Format: isLarge });
  zip.end({ comment: comment ?? '', forceZip64Format: isLarge });
  return buffer(zip.outputStream as NodeJS.ReadableStream as AsyncIterable<Buffer>);
}

it.each([['small', [10, 0, 4096]], ['with a list longer than the tail', Array.from({ length: 1200 }, (_, index) => index)]])('sums a zip, %s', async (_name, sizes) => {
  const zip = await zipOf(sizes);
  let read = 0;
  const sum = await unpackedBytes(zip.length, (start, length) => {
    read += 1;
    return Promise.resolve(zip.subarray(start, start + length));
  });
  expect(sum).toBe(sizes.reduce((total, size) => total + size, 0));
  expect(read).toBeLessThanOrEqual(2);
});

it('finds the list before a comment', async () => {
  const zip = await zipOf([5, 6], { comment: 'made by somebody' });
  expect(await unpackedBytes(zip.length, (start, length) => Promise.resolve(zip.subarray(start, start + length)))).toBe(11);
});

it('reads the form for zips of more than 4 GB', async () => {
  const zip = await zipOf([7, 4096, 12], { isLarge: true, comment: 'large' });
  expect(await unpackedBytes(zip.length, (start, length) => Promise.resolve(zip.subarray(start, start + length)))).toBe(4115);
});

it('refuses what is no zip', async () => {
  await expect(unpackedBytes(100, () => Promise.resolve(Buffer.alloc(100)))).rejects.toThrow('no zip');
});
