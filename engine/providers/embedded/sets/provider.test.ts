import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { backdropManifestSchema } from '#core/composition/backdrop-manifest.ts';
import type { AssetRef } from '#core/project/schema.ts';
import type { ProviderCall } from '#engine/providers/types.ts';
import { buildSet } from './build-set.ts';
import { createSetBackdropProvider } from './provider.ts';
import { testRequest } from './testing/requests.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-sets-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('stores every layer as a PNG that reads back as it was built', async () => {
  const request = testRequest({ set: 'podium', ratio: '9:16' });
  const manifest = backdropManifestSchema.parse(await createSetBackdropProvider().makeBackdrop(request, callInto(folder)));
  const built = buildSet(request);
  expect(manifest.layers.map((layer) => layer.picture.name)).toEqual(built.layers.map((layer) => `scene_1_podium_9x16_${layer.name}.png`));
  for (const [index, { picture }] of built.layers.entries()) {
    const isDeep = picture.data instanceof Uint16Array;
    const file = sharp(join(folder, manifest.layers[index]!.picture.hash));
    const { data, info } = await (isDeep ? file.toColourspace('rgb16').raw({ depth: 'ushort' }) : file.raw()).toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([picture.width, picture.height]);
    expect(data.equals(Buffer.from(picture.data.buffer))).toBe(true);
  }
});

test('gives the same bytes for the same request', async () => {
  const request = testRequest({ set: 'gobo' });
  const provider = createSetBackdropProvider();
  expect(await provider.makeBackdrop(request, callInto(folder))).toEqual(await provider.makeBackdrop(request, callInto(folder)));
});

test('a flat card reads back exactly', async () => {
  const manifest = await createSetBackdropProvider().makeBackdrop(testRequest({ set: 'flat', palette: ['#c81e5a', '#000000', '#ffffff'] }), callInto(folder));
  const pixels = await sharp(await readFile(join(folder, manifest.layers[0]!.picture.hash))).removeAlpha().raw().toBuffer();
  for (let at = 0; at < pixels.length; at += 3) expect([...pixels.subarray(at, at + 3)]).toEqual([0xc8, 0x1e, 0x5a]);
});

test('stops when it is canceled', async () => {
  const call = { ...callInto(folder), signal: AbortSignal.abort() };
  await expect(createSetBackdropProvider().makeBackdrop(testRequest({ set: 'mesh' }), call)).rejects.toThrow(/abort/i);
});

/** A store that keeps files by hash in a folder, as the real one does. */
function callInto(directory: string): ProviderCall {
  const putBytes = async (bytes: Uint8Array, name: string, mime: string): Promise<AssetRef> => {
    const hash = createHash('sha256').update(bytes).digest('hex');
    await writeFile(join(directory, hash), bytes);
    return { hash, name, mime };
  };
  return {
    signal: new AbortController().signal,
    report: () => undefined,
    putBytes,
    putFile: async (path, name, mime) => putBytes(await readFile(path), name, mime),
    pathOf: (asset) => join(directory, asset.hash),
  };
}
