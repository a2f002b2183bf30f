import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestEngine } from '../host/testing/test-engine.ts';
import type { TestEngine } from '../host/testing/test-engine.ts';
import { createMediaClient } from './testing.ts';
import type { MediaClient } from './testing.ts';

const SAMPLE = fileURLToPath(new URL('../../resources/samples/soda-can.jpg', import.meta.url));

let running: TestEngine;
let client: MediaClient;
let bytes: Buffer;
let jpeg: string;

beforeAll(async () => {
  running = await openTestEngine();
  client = createMediaClient(running);
  bytes = await readFile(SAMPLE);
  jpeg = (await running.engine.services.store.putBytes(bytes, 'a.jpg', 'image/jpeg')).hash;
});

afterAll(() => running.close());

const put = async (content: string | Uint8Array): Promise<string> => (await running.engine.services.store.putBytes(Buffer.from(content), 'a', 'text/html')).hash;

describe('an artifact', () => {
  test('comes whole, with what it is, for ever, and unable to run', async () => {
    const { status, headers, body } = await client.get(`/media/artifact/${jpeg}?name=${encodeURIComponent('Räd "x"\r\n.jpg')}`);
    expect(status).toBe(200);
    expect(body.equals(bytes)).toBe(true);
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg', 'content-length': String(bytes.length), etag: `"${jpeg}"`, 'accept-ranges': 'bytes', 'x-content-type-options': 'nosniff',
      'cache-control': expect.stringContaining('immutable'), 'content-security-policy': expect.stringMatching(/^sandbox;/),
      'content-disposition': `inline; filename="R_d _x___.jpg"; filename*=UTF-8''R%C3%A4d%20%22x%22%0D%0A.jpg`,
    });
  });

  test.each([
    ['bytes=0-9', 0, 9], ['bytes=-7', -7, undefined], ['bytes=100-', 100, undefined],
  ])('comes in part: %s', async (range, from, to) => {
    const { status, headers, body } = await client.get(`/media/artifact/${jpeg}`, { range });
    expect(status).toBe(206);
    expect(body.equals(bytes.subarray(from, to === undefined ? undefined : to + 1))).toBe(true);
    expect(headers['content-range']).toMatch(new RegExp(`^bytes \\d+-\\d+/${bytes.length}$`));
  });

  test.each(['bytes=0-1,4-5', `bytes=99999999-`, 'bytes=5-1', 'bytes=x'])('is refused in a part that is none: %s', async (range) => {
    const { status, headers } = await client.get(`/media/artifact/${jpeg}`, { range });
    expect(status).toBe(416);
    expect(headers['content-range']).toBe(`bytes */${bytes.length}`);
  });

  test('is not sent again to who has it, and whole to who has another', async () => {
    expect((await client.get(`/media/artifact/${jpeg}`, { 'if-none-match': `W/"${jpeg}"` })).status).toBe(304);
    expect((await client.get(`/media/artifact/${jpeg}`, { 'if-none-match': '"other"' })).status).toBe(200);
    expect((await client.get(`/media/artifact/${jpeg}`, { range: 'bytes=0-1', 'if-range': '"other"' })).status).toBe(200);
    expect((await client.get(`/media/artifact/${jpeg}`, { range: 'bytes=0-1', 'if-range': `"${jpeg}"` })).status).toBe(206);
  });

  test('that is a page, a drawing or a script is only bytes to be saved', async () => {
    for (const content of ['<!doctype html><script>alert(1)</script>', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'alert(1)', '\u0000\u0001']) {
      const { headers } = await client.get(`/media/artifact/${await put(content)}`);
      expect(headers).toMatchObject({ 'content-type': 'application/octet-stream', 'content-disposition': expect.stringMatching(/^attachment/), 'x-content-type-options': 'nosniff' });
    }
  });

  test('that is empty is sent as such', async () => {
    expect(await client.get(`/media/artifact/${await put('')}`)).toMatchObject({ status: 200, body: Buffer.alloc(0) });
  });

  test('that is not there, or no artifact at all, is not found', async () => {
    expect((await client.get(`/media/artifact/${'0'.repeat(64)}`)).status).toBe(404);
    for (const id of ['', '..', '../../studio.db', '%2e%2e%2fstudio.db', jpeg.toUpperCase(), `${jpeg}x`, 'a\u0000b'.replace('\u0000', '%00')]) {
      const { status, body } = await client.get(`/media/artifact/${id}`);
      expect([400, 404]).toContain(status);
      expect(body.toString()).not.toContain('SQLite');
    }
    for (const path of ['/media/', '/media/other/x', '/media/../upload', '/media/sample/secret.txt', '/media/sample/__proto__', '/media/sample/../../package.json']) expect([401, 404]).toContain((await client.get(path)).status);
  });

  test('is asked for by HEAD, and by nothing that changes', async () => {
    const head = await client.get(`/media/artifact/${jpeg}`, {}, 'HEAD');
    expect(head).toMatchObject({ status: 200, body: Buffer.alloc(0) });
    expect(head.headers['content-length']).toBe(String(bytes.length));
    expect((await client.get(`/media/artifact/${jpeg}`, {}, 'DELETE')).status).toBe(405);
  });

  test('waits for a slow client, and lets one go that hangs up', async () => {
    const large = Buffer.alloc(24_000_000, 7);
    const hash = await put(large);
    const { request, response } = await client.open(`/media/artifact/${hash}`);
    response.pause();
    let received = 0;
    for await (const chunk of response) {
      received += (chunk as Buffer).length;
      if (received < 3_000_000) await delay(5);
    }
    expect(received).toBe(large.length);
    request.destroy();
    const gone = await client.open(`/media/artifact/${hash}`);
    gone.request.destroy();
    expect((await client.get(`/media/artifact/${hash}`, { range: 'bytes=0-0' })).status).toBe(206);
  });
});

describe('a thumbnail', () => {
  test('fits its width and is made once', async () => {
    const [first, second] = await Promise.all([client.get(`/media/thumbnail/${jpeg}?w=320`), client.get(`/media/thumbnail/${jpeg}?w=320`)]);
    expect(first.headers['content-type']).toBe('image/webp');
    expect(second.headers.etag).toBe(first.headers.etag);
    const { width = 0, height = 0 } = await sharp(first.body).metadata();
    expect(width).toBeLessThanOrEqual(320);
    expect(height).toBeGreaterThan(0);
  });

  test('is refused in other widths, of no picture, and of nothing', async () => {
    expect((await client.get(`/media/thumbnail/${jpeg}?w=321`)).status).toBe(400);
    expect((await client.get(`/media/thumbnail/${jpeg}`)).status).toBe(400);
    expect((await client.get(`/media/thumbnail/${await put('no picture')}?w=320`)).status).toBe(400);
    expect((await client.get(`/media/thumbnail/${'1'.repeat(64)}?w=320`)).status).toBe(404);
  });
});

describe('a source of a frame plan', () => {
  const ask = (description: unknown, scale: string | number = 1) => client.get(`/media/source?${new URLSearchParams({ d: JSON.stringify(description), s: String(scale) })}`);

  test('is a picture of just its pixels', async () => {
    const png = await sharp({ create: { width: 40, height: 30, channels: 4, background: { r: 10, g: 200, b: 30, alpha: 0.5 } } }).png().toBuffer();
    const hash = await put(png);
    const plain = await ask({ kind: 'picture', hash });
    expect(plain.headers['content-type']).toBe('image/png');
    expect((await sharp(plain.body).raw().toBuffer()).equals(await sharp(png).raw().toBuffer())).toBe(true);
    const tinted = await sharp((await ask({ kind: 'tinted', hash, color: '#102030' })).body).raw().toBuffer();
    expect([...tinted.subarray(0, 4)]).toEqual([16, 32, 48, 128]);
    const half = await sharp((await ask({ kind: 'picture', hash }, 0.5)).body).metadata();
    expect([half.width, half.height]).toEqual([20, 15]);
    const product = await sharp((await ask({ kind: 'product', hash, bounds: { x: 4, y: 5, width: 20, height: 10 }, width: 10, height: 5 })).body).metadata();
    expect([product.width, product.height]).toEqual([10, 5]);
  });

  test('of sixteen bits becomes eight without bands', async () => {
    const width = 64;
    const ramp = Uint16Array.from({ length: width * 16 * 3 }, (_, at) => 20_000 + Math.floor((at / 3) % width) * 8);
    const png = await sharp(ramp, { raw: { width, height: 16, channels: 3 } }).toColourspace('rgb16').png().toBuffer();
    const { body } = await ask({ kind: 'picture', hash: await put(png) });
    const { data, info } = await sharp(body).raw().toBuffer({ resolveWithObject: true });
    const columns = Array.from({ length: width }, (_, x) => Array.from({ length: 16 }, (_row, y) => data[(y * width + x) * info.channels] ?? 0).reduce((sum, value) => sum + value, 0) / 16);
    expect((await sharp(body).metadata()).depth).toBe('uchar');
    const groups = Array.from({ length: width / 4 }, (_, group) => columns.slice(group * 4, group * 4 + 4).reduce((sum, value) => sum + value / 4, 0));
    groups.forEach((mean, group) => expect(Math.abs(mean - (20_000 + (group * 4 + 1.5) * 8) / 257)).toBeLessThan(0.13));
    expect(new Set(groups).size).toBeGreaterThan(6);
  });

  test.each([
    ['nothing', undefined, 1], ['a clip', { kind: 'clip', hash: '0'.repeat(64), focus: { x: 0, y: 0 } }, 1], ['a path', { kind: 'picture', hash: '../../studio.db' }, 1],
    ['a giant', { kind: 'fitted', hash: '0'.repeat(64), width: 1e6, height: 1e6 }, 1], ['too small a scale', { kind: 'picture', hash: '0'.repeat(64) }, 0.01],
    ['no number', { kind: 'picture', hash: '0'.repeat(64) }, 'x'], ['more than it knows', { kind: 'picture', hash: '0'.repeat(64), path: '/etc' }, 1],
  ])('is refused for %s', async (_what, description, scale) => {
    const { status, body } = await ask(description, scale);
    expect(status).toBe(400);
    expect(JSON.parse(body.toString())).toMatchObject({ code: 'BAD_INPUT', message: expect.stringMatching(/\.$/) });
  });

  test('is not found when its artifact is gone, and refused when that holds something else', async () => {
    expect((await ask({ kind: 'picture', hash: '2'.repeat(64) })).status).toBe(404);
    expect((await ask({ kind: 'picture', hash: await put('text') })).status).toBe(400);
    expect((await ask({ kind: 'product', hash: jpeg, bounds: { x: 9000, y: 0, width: 50, height: 50 }, width: 10, height: 10 })).status).toBe(400);
  });
});

test('the sample product is served', async () => {
  const { status, headers, body } = await client.get('/media/sample/soda-can.jpg');
  expect({ status, type: headers['content-type'], isSame: body.equals(bytes) }).toEqual({ status: 200, type: 'image/jpeg', isSame: true });
});

test('two hundred at once are all answered, and leave nothing lying about', async () => {
  const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => client.upload('photo', `photo ${index}.jpg`, index % 4 === 3 ? Buffer.from('no picture') : bytes)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(150);
  expect(answers.filter(({ status }) => status === 400)).toHaveLength(50);
  expect((await readdir(join(running.engine.services.dataDir, 'tmp'))).filter((name) => /^\d/.test(name))).toEqual([]);
}, 60_000);
