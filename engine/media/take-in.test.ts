/** What is taken in, for which purpose, and what is said about the rest. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createRouterClient } from '@orpc/server';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { locateFfmpeg } from '../compositing/ffmpeg/locate-ffmpeg.ts';
import { openTestEngine } from '../host/testing/test-engine.ts';
import type { TestEngine } from '../host/testing/test-engine.ts';
import { createMediaClient } from './testing.ts';
import type { MediaClient } from './testing.ts';

const SAMPLE = fileURLToPath(new URL('../../resources/samples/soda-can.jpg', import.meta.url));

let running: TestEngine;
let client: MediaClient;
let folder: string;
let ffmpeg: string;

beforeAll(async () => {
  running = await openTestEngine();
  client = createMediaClient(running);
  folder = await mkdtemp(join(tmpdir(), 'adgen-media-'));
  ffmpeg = (await locateFfmpeg()).path;
});

afterAll(async () => {
  await running.close();
  await rm(folder, { recursive: true, force: true });
});

/** A file that ffmpeg makes from a generated source. */
async function make(name: string, ...options: string[]): Promise<Buffer> {
  await promisify(execFile)(ffmpeg, ['-v', 'error', '-y', ...options, join(folder, name)]);
  return await readFile(join(folder, name));
}

const tone = (seconds: number): string[] => ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`];
const api = () => createRouterClient(running.router, { context: {} });

describe('a photo', () => {
  test('is kept as it came, with its upright size', async () => {
    const turned = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#c04020' } }).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { status, answer } = await client.upload('photo', '../../My  photo?.JPG', turned);
    expect({ status, ...answer }).toMatchObject({ status: 200, kind: 'picture', durationSeconds: null, asset: { name: 'My_photo_.JPG', mime: 'image/jpeg', width: 200, height: 300 } });
    expect((await readFile(running.engine.services.store.pathOf(answer.asset.hash))).equals(turned)).toBe(true);
  });

  test.each([
    ['an empty file', '', /"a\.jpg" is empty/],
    ['text', 'hello', /"a\.jpg" is a text file/],
    ['a drawing', '<svg xmlns="http://www.w3.org/2000/svg"/>', /"a\.jpg" is an SVG drawing/],
    ['a video', `\0\0\0\x18ftypisom\0\0\0\0isommp42`, /"a\.jpg" is a video/],
  ])('that is %s is refused by its name', async (_what, content, sentence) => {
    const { status, answer } = await client.upload('photo', 'a.jpg', Buffer.from(content, 'latin1'));
    expect(status).toBe(400);
    expect(answer).toMatchObject({ code: 'BAD_INPUT', message: expect.stringMatching(sentence) });
    expect(answer.message).not.toContain(running.engine.services.dataDir);
  });

  test('that is cut short is refused', async () => {
    const whole = await readFile(SAMPLE);
    expect((await client.upload('photo', 'cut.jpg', whole.subarray(0, whole.length / 3))).answer.message).toMatch(/"cut\.jpg" is damaged or cut short/);
  });

  test('that says to be larger than allowed is refused before its bytes are read', async () => {
    const { status, answer } = await client.upload('photo', 'big.jpg', Buffer.alloc(0), { 'content-length': '300000000', connection: 'close' }).catch(() => ({ status: 400, answer: { message: '200 MB' } }));
    expect(status).toBe(400);
    expect(answer.message).toContain('200 MB');
  });
});

test('a purpose that nobody knows is refused', async () => {
  expect((await client.upload('virus', 'a.jpg', Buffer.from('x'))).answer.message).toMatch(/purpose is one of photo, logo/);
});

test('a logo is cleaned and drawn; one with a script is refused', async () => {
  const svg = (inside: string): Buffer => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50">${inside}</svg>`);
  expect((await client.upload('logo', 'logo.svg', svg('<rect width="100" height="50" fill="red"/>'))).answer).toMatchObject({ kind: 'picture', asset: { mime: 'image/png', width: 2048, height: 1024 } });
  expect((await client.upload('logo', 'logo.svg', svg('<script>1</script>'))).answer.message).toMatch(/"logo\.svg" contains a script/);
});

describe('a mask', () => {
  test('gets its one form, whatever made it', async () => {
    const grey = Buffer.from([0, 128, 255, 0]);
    const rgba = Buffer.from([...grey].flatMap((value) => [value, value, value, 255]));
    const [one, other] = await Promise.all([
      sharp(grey, { raw: { width: 2, height: 2, channels: 1 } }).toColourspace('b-w').png().toBuffer(),
      sharp(rgba, { raw: { width: 2, height: 2, channels: 4 } }).png({ compressionLevel: 1 }).toBuffer(),
    ]);
    const hashes = await Promise.all([one, other].map(async (bytes) => (await client.upload('mask', 'mask.png', bytes)).answer.asset.hash));
    expect(hashes[0]).toBe(hashes[1]);
  });

  test('that is no PNG is refused', async () => {
    expect((await client.upload('mask', 'mask.png', await readFile(SAMPLE))).answer.message).toMatch(/no PNG/);
    expect((await client.upload('mask', 'mask.png', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))).status).toBe(400);
  });
});

describe('music', () => {
  test('is taken with its length, and its waveform is known', async () => {
    const { answer } = await client.upload('music', 'tune.wav', await make('tune.wav', ...tone(3)));
    expect(answer).toMatchObject({ kind: 'sound', durationSeconds: expect.closeTo(3, 2), asset: { mime: 'audio/wav', name: 'tune.wav' }, notices: [] });
    const { peaks, durationSeconds } = await api().media.waveform({ hash: answer.asset.hash, buckets: 30 });
    expect(durationSeconds).toBeCloseTo(3, 2);
    expect(peaks).toHaveLength(30);
    expect(Math.min(...peaks)).toBeGreaterThan(0.05);
  });

  test('that is silent is said to be', async () => {
    const { answer } = await client.upload('voice', 'hush.wav', await make('hush.wav', '-f', 'lavfi', '-i', 'anullsrc', '-t', '2'));
    expect(answer['notices']).toEqual(['"hush.wav" is silent from beginning to end.']);
  });

  test('of two hours is refused with what to do', async () => {
    const long = await make('long.mp3', '-f', 'lavfi', '-i', 'anullsrc=r=8000:cl=mono', '-t', '7200', '-b:a', '8k');
    const { status, answer } = await client.upload('music', 'long.mp3', long);
    expect({ status, message: answer.message }).toEqual({ status: 400, message: 'The music "long.mp3" is 2 h 0 min long; at most 20 minutes are taken. Cut it to the part that the advert needs, then add that.' });
  }, 60_000);

  test.each([
    ['text', Buffer.from('hello')], ['a picture', undefined], ['a playlist', Buffer.from('#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n')],
    ['a list of files', Buffer.from('ffconcat version 1.0\nfile /etc/hostname\n')],
  ])('that is %s is refused', async (_what, given) => {
    const { status, answer } = await client.upload('music', 'song.mp3', given ?? (await readFile(SAMPLE)));
    expect(status).toBe(400);
    expect(answer.message).toMatch(/^The music "song\.mp3" holds no sound/);
  });
});

describe('a backdrop', () => {
  test('may be a picture or a clip', async () => {
    const clip = await make('clip.mp4', '-f', 'lavfi', '-i', 'testsrc2=size=160x90:rate=25:duration=1', '-pix_fmt', 'yuv420p');
    const { answer } = await client.upload('backdrop', 'clip.mp4', clip);
    expect(answer).toMatchObject({ kind: 'clip', durationSeconds: expect.closeTo(1, 1), asset: { mime: 'video/mp4', width: 160, height: 90 } });
    const thumbnail = await client.get(`/media/thumbnail/${answer.asset.hash}?w=160`);
    expect(thumbnail.headers['content-type']).toBe('image/webp');
    expect((await client.upload('backdrop', 'wall.jpg', await readFile(SAMPLE))).answer).toMatchObject({ kind: 'picture', asset: { mime: 'image/jpeg' } });
  });

  test('that is broken, or only sound, is refused', async () => {
    expect((await client.upload('backdrop', 'x.mp4', Buffer.from(`\0\0\0\x18ftypisom\0\0\0\0isommp42`, 'latin1'))).status).toBe(400);
    expect((await client.upload('backdrop', 'x.webm', await make('only.webm', ...tone(1)))).answer.message).toMatch(/sound but no picture/);
    expect((await client.upload('backdrop', 'x.txt', Buffer.from('hello'))).answer.message).toMatch(/neither a picture nor a clip/);
  });
});

describe('a path', () => {
  test('is taken in as a copy', async () => {
    const { asset } = await api().media.importPath({ path: SAMPLE, purpose: 'photo' });
    expect(asset).toMatchObject({ name: 'soda-can.jpg', mime: 'image/jpeg' });
    expect((await readFile(SAMPLE)).length).toBeGreaterThan(0);
  });

  test('of a folder, of nothing, and one that is not absolute are refused', async () => {
    await mkdir(join(folder, 'photos'), { recursive: true });
    await writeFile(join(folder, 'empty.jpg'), '');
    const refusal = (path: string) => api().media.importPath({ path, purpose: 'photo' }).then(() => '', (error: Error) => error.message);
    expect(await refusal(join(folder, 'photos'))).toBe('"photos" is a folder; add the files in it.');
    expect(await refusal(join(folder, 'nothing.jpg'))).toMatch(/cannot be read \(ENOENT\)/);
    expect(await refusal(join(folder, 'empty.jpg'))).toMatch(/is empty/);
    expect(await refusal('photos/a.jpg')).toMatch(/not an absolute path/);
  });
});

test('the waveform of what is no sound, or not there, is refused with a sentence', async () => {
  const { hash } = await running.engine.services.store.putBytes(Buffer.from('text'), 'a', 'text/plain');
  const refusal = (given: string) => api().media.waveform({ hash: given }).then(() => undefined, (error: { code: string }) => error.code);
  expect(await refusal(hash)).toBe('BAD_INPUT');
  expect(await refusal('3'.repeat(64))).toBe('NOT_FOUND');
});
