import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkSafetensors, judgeHeader } from './safetensors.ts';
import { safetensors } from './testing/small-models.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safetensors-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function check(content: Buffer): Promise<unknown> {
  const path = join(folder, 'x.safetensors');
  await writeFile(path, content);
  return checkSafetensors(path);
}

const tensor = (from: number, to: number, dtype = 'U8', shape = [to - from]): unknown => ({ dtype, shape, data_offsets: [from, to] });
const good = safetensors(5000);
const withLength = (length: bigint): Buffer => {
  const changed = Buffer.from(good);
  changed.writeBigUInt64LE(length);
  return changed;
};

describe('a whole file', () => {
  test('is recognised by its header alone', async () => {
    expect(await check(good)).toEqual({ tensors: 1, bytes: good.length });
  });

  test.each<[string, Record<string, unknown>, number, number]>([
    ['several tensors, in any order', { b: tensor(10, 30, 'F32', [5]), a: tensor(0, 10) }, 30, 2],
    ['an empty tensor and a scalar', { a: tensor(0, 0, 'F16', [0, 5]), b: tensor(0, 2, 'BF16', []) }, 2, 2],
    ['four bits per element', { a: tensor(0, 8, 'F4', [4, 4]) }, 8, 1],
    ['a type of the future', { a: tensor(0, 8, 'F8_NEW', [3]) }, 8, 1],
    ['no tensor', {}, 0, 0],
  ])('%s', (_, header, bytes, tensors) => {
    expect(judgeHeader({ __metadata__: { format: 'pt' }, ...header }, bytes)).toEqual({ tensors });
  });
});

describe('is refused', () => {
  test.each<[string, Buffer, RegExp]>([
    ['one that ends early', good.subarray(0, 3000), /kB are missing at its end\. Get the file again/],
    ['one that goes on', Buffer.concat([good, Buffer.from('more')]), /4 bytes too much stand at its end/],
    ['one that ends in its header', good.subarray(0, 60), /it ends in its header, at 60 bytes/],
    ['an empty one', Buffer.alloc(0), /it has only 0 bytes/],
    ['a web page', Buffer.from('<!doctype html><html>'), /it does not begin like one/],
    ['a pickle in a zip', Buffer.from('PK\u0003\u0004 archive/data.pkl'), /it does not begin like one/],
    ['a pointer of Git LFS', Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n'), /it does not begin like one/],
    ['an impossible header length', withLength(0xffff_ffff_ffff_ffffn), /it does not begin like one/],
    ['a header that is no JSON', withLength(30n), /its header cannot be read/],
  ])('%s', async (_, content, message) => {
    await expect(check(content)).rejects.toMatchObject({ code: 'BAD_INPUT', data: { reason: 'MODEL_BROKEN' }, message: expect.stringMatching(message) as string });
  });

  test.each<[string, unknown, number, string]>([
    ['a gap', { a: tensor(0, 10), b: tensor(20, 30) }, 30, 'its tensors overlap or leave gaps'],
    ['an overlap', { a: tensor(0, 10), b: tensor(5, 15) }, 15, 'its tensors overlap or leave gaps'],
    ['a tensor backwards', { a: { dtype: '?', shape: [], data_offsets: [0, 10] }, b: { dtype: '?', shape: [], data_offsets: [10, 5] } }, 10, 'its tensors overlap or leave gaps'],
    ['a shape that does not fit', { a: tensor(0, 10, 'F32', [10]) }, 10, 'the size of "a" does not fit its shape'],
    ['a tensor that is none', { a: { dtype: 'U8' } }, 0, 'its header describes "a" wrongly'],
    ['negative places', { a: tensor(-5, 5) }, 5, 'its header describes "a" wrongly'],
    ['a header that is none', null, 0, 'its header is no list of tensors'],
  ])('%s', (_, header, bytes, message) => {
    expect(judgeHeader(header, bytes)).toBe(message);
  });
});
