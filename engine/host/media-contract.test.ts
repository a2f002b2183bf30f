/** Media, cut-outs and previews as every transport carries them. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runs } from '../db/schema.ts';
import { openTestEngine } from './testing/test-engine.ts';
import type { TestEngine } from './testing/test-engine.ts';
import { transports } from './testing/transports.ts';
import type { EngineClient } from './message-port.ts';

const SAMPLE = fileURLToPath(new URL('../../resources/samples/soda-can.jpg', import.meta.url));

let running: TestEngine;

beforeAll(async () => {
  running = await openTestEngine();
});

afterAll(() => running.close());

describe.each(transports)('over $name', ({ connect }) => {
  let client: EngineClient;
  let disconnect: () => void;

  beforeAll(() => {
    ({ client, disconnect } = connect(running));
  });

  afterAll(() => disconnect());

  const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'no error', (error: { code?: string }) => error.code);
  const photo = async () => (await client.media.importPath({ path: SAMPLE, purpose: 'photo' })).asset;

  test('a file is taken in by its path', async () => {
    expect(await client.media.importPath({ path: SAMPLE, purpose: 'photo' })).toMatchObject({ kind: 'picture', durationSeconds: null, asset: { mime: 'image/jpeg', name: 'soda-can.jpg' } });
    expect(await codeOf(client.media.importPath({ path: '/nothing/there.jpg', purpose: 'photo' }))).toBe('BAD_INPUT');
    expect(await codeOf(client.media.importPath({ path: SAMPLE, purpose: 'music' }))).toBe('BAD_INPUT');
  });

  test('a waveform of what is not there is not found', async () => {
    expect(await codeOf(client.media.waveform({ hash: '0'.repeat(64), buckets: 50 }))).toBe('NOT_FOUND');
    expect(await codeOf(client.media.waveform({ hash: 'x' }))).toBe('BAD_INPUT');
  });

  test('a product is cut out without a project, corrected, and leaves no run behind', { timeout: 60_000 }, async () => {
    const asset = await photo();
    const made = await client.cutouts.make({ photo: asset, name: 'Fizzo' });
    expect(made.product).toMatchObject({ name: 'Fizzo', method: 'embedded', cutout: { mime: 'image/png' }, mask: { mime: 'image/png' } });
    expect(made.upright).toMatchObject({ mime: 'image/png', width: made.product.analysis?.photoWidth });
    const { store } = running.engine.services;
    const { width = 0, height = 0 } = made.upright;
    const box = { left: Math.round(width / 4), top: Math.round(height / 4), width: Math.round(width / 2), height: Math.round(height / 2) };
    const square = await sharp({ create: { width, height, channels: 3, background: '#000' } })
      .composite([{ input: { create: { width: box.width, height: box.height, channels: 3, background: '#fff' } }, left: box.left, top: box.top }])
      .toColourspace('b-w').png().toBuffer();
    const mask = await store.putBytes(square, 'mask.png', 'image/png');
    const corrected = await client.cutouts.correct({ photo: asset, mask, featherPx: 0 });
    expect(corrected.product.method).toBe('painted');
    expect(corrected.product.analysis?.bounds).toEqual({ x: box.left, y: box.top, width: box.width, height: box.height });
    const soft = await client.cutouts.correct({ photo: asset, mask, featherPx: 6 });
    expect(soft.product.analysis?.bounds.width).toBeGreaterThan(box.width);
    const inside = await sharp(await readFile(store.pathOf(corrected.product.cutout?.hash ?? ''))).extract({ left: box.left + 20, top: box.top + 20, width: 50, height: 50 }).removeAlpha().raw().toBuffer();
    const original = await sharp(await readFile(store.pathOf(made.upright.hash))).extract({ left: box.left + 20, top: box.top + 20, width: 50, height: 50 }).removeAlpha().raw().toBuffer();
    expect(inside.equals(original)).toBe(true);
    expect(running.engine.db.orm.select().from(runs).all()).toEqual([]);
  });

  test('a mask that does not fit, or leaves nothing, is refused with what to do', async () => {
    const asset = await photo();
    const { store } = running.engine.services;
    const black = async (width: number, height: number) => await store.putBytes(await sharp({ create: { width, height, channels: 3, background: '#000' } }).toColourspace('b-w').png().toBuffer(), 'mask.png', 'image/png');
    const { upright } = await client.cutouts.make({ photo: asset });
    const refusal = async (width: number, height: number) => await client.cutouts.correct({ photo: asset, mask: await black(width, height) }).then(() => '', (error: Error) => error.message);
    expect(await refusal(20, 20)).toMatch(/must be of the same size/);
    expect(await refusal(upright.width ?? 1, upright.height ?? 1)).toMatch(/leaves nothing of the product/);
    expect(await codeOf(client.cutouts.make({ photo: { hash: '1'.repeat(64), name: 'gone.jpg', mime: 'image/jpeg' } }))).toBe('NOT_FOUND');
    expect(running.engine.db.orm.select().from(runs).all()).toEqual([]);
  });

  test('an advert without a photo, and one whose photo has gone, is refused', async () => {
    expect(await codeOf(client.adverts.make({ brief: { productName: 'Fizzo' } }))).toBe('BAD_INPUT');
    expect(await codeOf(client.adverts.make({ photos: [{ asset: { hash: '1'.repeat(64), name: 'gone.jpg', mime: 'image/jpeg' } }] }))).toBe('NOT_FOUND');
    const text = await running.engine.services.store.putBytes(Buffer.from('text'), 'a.jpg', 'image/jpeg');
    expect(await codeOf(client.adverts.make({ photos: [{ asset: text }] }))).toBe('BAD_INPUT');
  });

  test('a preview of a project that is not there is not found', async () => {
    expect(await codeOf(client.previews.film({ projectId: 'p_none', ratio: '1:1' }))).toBe('NOT_FOUND');
    expect(await codeOf(client.previews.sound({ projectId: 'p_none' }))).toBe('NOT_FOUND');
  });
});
