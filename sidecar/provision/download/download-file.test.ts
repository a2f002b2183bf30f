/** Every fault of a server, one by one: what arrives is right, what is kept is enough, and the sentence says who is to blame. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AdgenError } from '#core/contract/errors.ts';
import { partPathsOf } from './journal.ts';
import { makeDownloadFolder, QUICK, sample } from './testing/download-folder.ts';
import type { DownloadFolder } from './testing/download-folder.ts';
import type { ServedFile } from './testing/fault-server.ts';

const { content, sha256 } = sample(3_000_000);
const other = sample(3_000_000);
const bytes = content.length;

let folder: DownloadFolder;
beforeEach(async () => {
  folder = await makeDownloadFolder();
});
afterEach(async () => {
  await folder.remove();
});

const serve = (faults: Partial<ServedFile> = {}): ServedFile => folder.server.serve('/file', { bytes: content, etag: '"one"', ...faults });
const arrived = async (): Promise<boolean> => (await readFile(folder.at('file.bin'))).equals(content);
const ranges = (): (string | undefined)[] => folder.server.requests.map(({ headers }) => headers.range);
const partPaths = () => partPathsOf({ url: folder.server.url('/file'), sha256, partsDir: folder.partsDir });

async function failure(promise: Promise<unknown>): Promise<AdgenError> {
  const error: unknown = await promise.then(() => undefined, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(AdgenError);
  return error as AdgenError;
}

describe('a file arrives', () => {
  test('with its hash, and leaves nothing else', async () => {
    serve();
    expect(await folder.get()).toEqual({ sha256, bytes, resumedFrom: 0 });
    expect(await arrived()).toBe(true);
    expect(await folder.parts()).toEqual([]);
  });

  test('of no bytes', async () => {
    serve({ bytes: Buffer.alloc(0) });
    expect(await folder.get()).toMatchObject({ bytes: 0 });
    expect(await readFile(folder.at('file.bin'))).toHaveLength(0);
  });

  test('of unknown length', async () => {
    serve({ contentLength: null, pieceBytes: 100_000 });
    expect(await folder.get({ sha256 })).toMatchObject({ sha256, bytes });
  });

  test('telling its progress, which ends with everything', async () => {
    serve({ pieceBytes: 50_000 });
    const told: number[] = [];
    let last: unknown;
    await folder.get({ onProgress: (progress) => { told.push(progress.receivedBytes); last = progress; } });
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(last).toMatchObject({ receivedBytes: bytes, totalBytes: bytes });
  });

  test('once: a finished one with the right hash is not asked for again, a wrong one is replaced', async () => {
    serve();
    await writeFile(folder.at('file.bin'), content);
    expect(await folder.get({ sha256 })).toEqual({ sha256, bytes, resumedFrom: bytes });
    expect(folder.server.requests).toEqual([]);
    await writeFile(folder.at('file.bin'), other.content);
    expect(await folder.get({ sha256 })).toMatchObject({ sha256, resumedFrom: 0 });
    expect(await arrived()).toBe(true);
  });
});

describe('a connection that is cut or stands still', () => {
  test('is replaced by one that goes on, however often, as long as bytes come', async () => {
    serve({ cut: { afterBytes: 300_000, times: 8 } });
    expect(await folder.get({ sha256, bytes })).toMatchObject({ sha256 });
    expect(folder.server.requests.length).toBeGreaterThan(3);
    expect(new Set(ranges()).size).toBe(ranges().length);
    expect(folder.server.requests.slice(1).every(({ headers }) => headers['if-range'] === '"one"')).toBe(true);
    expect(await arrived()).toBe(true);
  });

  test('stalled: it is given up and gone on with', async () => {
    serve({ stall: { afterBytes: 1_000_000, times: 1 } });
    expect(await folder.get({ sha256, network: { ...QUICK, stallMs: 500 } })).toMatchObject({ sha256 });
    expect(await arrived()).toBe(true);
  });

  test.each<[string, Partial<ServedFile>, string, RegExp]>([
    ['without a byte', { cut: { afterBytes: 0 } }, 'NET_CUT', /was cut/],
    ['always before the end of a file that cannot be resumed', { ignoresRange: true, cut: { afterBytes: 1_000_000 } }, 'NET_CUT', /was cut/],
    ['silent from the first byte on', { stall: { afterBytes: 0 } }, 'NET_STALL', /sent nothing for 0.3 s/],
    ['and a length that is a lie', { contentLength: bytes + 1000, ignoresRange: true }, 'NET_CUT', /was cut/],
  ])('%s: an error after as many tries as allowed', async (_, faults, reason, message) => {
    serve(faults);
    const error = await failure(folder.get({ network: { ...QUICK, ...(reason === 'NET_STALL' ? { stallMs: 300 } : {}) } }));
    expect(error).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', isTransient: true, data: { reason } });
    expect(error.message).toMatch(message);
    expect(error.message).toContain('goes on where it stopped');
    expect(existsSync(folder.at('file.bin'))).toBe(false);
  });

  test('a length that is a lie is found out by asking for the rest', async () => {
    serve({ contentLength: bytes + 1000 });
    expect(await folder.get()).toMatchObject({ sha256, bytes });
    expect(ranges()).toEqual([undefined, `bytes=${bytes}-`]);
  });

  test('the next call goes on, with the bytes of the one before', async () => {
    const file = serve({ cut: { afterBytes: 2_000_000, times: 1 } });
    await failure(folder.get({ sha256, onProgress: () => void (file.refuse = { status: 503 }) }));
    file.refuse = undefined;
    const result = await folder.get({ sha256 });
    expect(result.resumedFrom).toBeGreaterThan(0);
    expect(ranges().at(-1)).toBe(`bytes=${result.resumedFrom}-`);
    expect(await arrived()).toBe(true);
  });
});

describe('what is here is not continued on trust', () => {
  /** Leaves a part of `size` bytes of the true file behind. */
  async function leavePart(size = 2_000_000, change: Record<string, unknown> = {}): Promise<void> {
    await mkdir(folder.partsDir, { recursive: true });
    await writeFile(partPaths().part, content.subarray(0, size));
    await writeFile(partPaths().journal, JSON.stringify({ version: 1, url: folder.server.url('/file'), sha256, validator: '"one"', totalBytes: bytes, syncedBytes: size, ...change }));
  }

  test.each<[string, Partial<ServedFile>]>([
    ['a server without ranges', { ignoresRange: true }],
    ['another entity tag, with If-Range', { etag: '"two"' }],
    ['another entity tag, without If-Range', { etag: '"two"', ignoresIfRange: true }],
    ['a range that begins elsewhere', { contentRange: `bytes 5-${bytes - 1}/${bytes}` }],
    ['a range of another size', { contentRange: `bytes 2000000-${bytes}/${bytes + 1}` }],
    ['a range that cannot be read', { contentRange: 'all of it' }],
  ])('%s: from zero', async (_, faults) => {
    await leavePart();
    serve(faults);
    expect(await folder.get({ sha256, bytes })).toMatchObject({ sha256, bytes });
    expect(ranges()[0]).toBe('bytes=2000000-');
    expect(await arrived()).toBe(true);
  });

  test('only flushed bytes count, and no more than there are', async () => {
    await leavePart(2_000_000, { syncedBytes: 1_000_000 });
    serve();
    expect(await folder.get({ sha256 })).toMatchObject({ sha256, resumedFrom: 1_000_000 });
    await leavePart(500_000, { syncedBytes: 1_000_000 });
    await truncate(folder.at('file.bin'), 0);
    expect(await folder.get({ sha256 })).toMatchObject({ sha256, resumedFrom: 500_000 });
  });

  test('a journal that is none: from zero', async () => {
    await leavePart();
    await writeFile(partPaths().journal, '{"version":1,"url"');
    serve();
    expect(await folder.get({ sha256 })).toMatchObject({ sha256, resumedFrom: 0 });
  });

  test('a part that is already whole is not asked for', async () => {
    await leavePart(bytes);
    serve();
    expect(await folder.get({ sha256 })).toEqual({ sha256, bytes, resumedFrom: bytes });
    expect(folder.server.requests).toEqual([]);
  });

  test('a whole part of unknown size: 416 says that there is no more', async () => {
    await leavePart(bytes, { totalBytes: undefined });
    serve();
    expect(await folder.get({ sha256 })).toEqual({ sha256, bytes, resumedFrom: bytes });
  });

  test('a damaged part: its hash gives it away, and it is fetched from zero', async () => {
    await leavePart();
    await writeFile(partPaths().part, other.content.subarray(0, 2_000_000));
    serve();
    expect(await folder.get({ sha256 })).toMatchObject({ sha256 });
    expect(ranges()).toEqual(['bytes=2000000-', undefined]);
    expect(await arrived()).toBe(true);
  });

  test('another address of the same content goes on with the same part', async () => {
    await leavePart(2_000_000, { url: 'https://elsewhere.example/file', validator: '"theirs"' });
    serve();
    expect(await folder.get({ sha256 })).toMatchObject({ sha256, resumedFrom: 2_000_000 });
    expect(folder.server.requests[0]?.headers['if-range']).toBeUndefined();
  });
});

describe('a wrong file', () => {
  test('is fetched once more, and right the second time', async () => {
    serve({ damage: { times: 1 } });
    expect(await folder.get({ sha256 })).toMatchObject({ sha256 });
    expect(ranges()).toEqual([undefined, undefined]);
  });

  test.each<[string, Partial<ServedFile>, RegExp]>([
    ['with another hash', { damage: {} }, /file\.bin arrived damaged from 127\.0\.0\.1:\d+: its SHA-256 is not the known one/],
    ['of another size', { bytes: content.subarray(0, 1000) }, /file\.bin has 1000 bytes at 127\.0\.0\.1:\d+ instead of 3000000/],
    ['that never ends', { bytes: Buffer.concat([content, content]), contentLength: null }, /sends more than the 3000000 bytes/],
    ['that ends early without saying so', { bytes: content.subarray(0, 1000), contentLength: null }, /has 1000 bytes/],
  ])('%s, twice: an error, and nothing is kept', async (_, faults, message) => {
    serve(faults);
    const error = await failure(folder.get({ sha256, bytes }));
    expect(error).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', data: { reason: 'NET_HASH' } });
    expect(error.message).toMatch(message);
    expect(folder.server.requests).toHaveLength(2);
    expect(await folder.parts()).toEqual([]);
    expect(existsSync(folder.at('file.bin'))).toBe(false);
  });

  test('in the eyes of the caller does not appear, and is not kept', async () => {
    serve();
    const seen: string[] = [];
    const refuse = async (path: string): Promise<void> => {
      seen.push(path);
      throw new AdgenError('BAD_INPUT', 'no model');
    };
    expect(await failure(folder.get({ verify: refuse }))).toMatchObject({ message: 'no model' });
    expect(seen).toHaveLength(1);
    expect(await folder.parts()).toEqual([]);
    expect(existsSync(folder.at('file.bin'))).toBe(false);
  });
});

describe('refusals', () => {
  test.each<[number, string, string, RegExp, number]>([
    [401, 'PROVIDER_REJECTED', 'NET_DENIED', /does not hand out file\.bin \(401\).*Open its page in a browser/, 1],
    [403, 'PROVIDER_REJECTED', 'NET_DENIED', /does not hand out file\.bin \(403\).*Open its page in a browser/, 1],
    [404, 'PROVIDER_REJECTED', 'NET_GONE', /file\.bin is no longer at/, 1],
    [410, 'PROVIDER_REJECTED', 'NET_GONE', /file\.bin is no longer at/, 1],
    [418, 'PROVIDER_REJECTED', 'NET_GONE', /answered with status 418/, 1],
    [407, 'PROVIDER_UNAVAILABLE', 'NET_PROXY', /asks for a login/, 1],
    [429, 'PROVIDER_UNAVAILABLE', 'NET_BUSY', /is busy \(429\)/, 3],
    [503, 'PROVIDER_UNAVAILABLE', 'NET_BUSY', /is busy \(503\)/, 3],
  ])('%i', async (status, code, reason, message, tries) => {
    serve({ refuse: { status } });
    const error = await failure(folder.get());
    expect(error).toMatchObject({ code, data: { reason } });
    expect(error.message).toMatch(message);
    expect(folder.server.requests).toHaveLength(tries);
  });

  test('a busy server is asked again, after the pause that it wants', async () => {
    serve({ refuse: { status: 429, headers: { 'retry-after': '0' }, times: 2 } });
    expect(await folder.get({ sha256 })).toMatchObject({ sha256 });
  });

  test('a server that wants a very long pause is not waited for', async () => {
    serve({ refuse: { status: 503, headers: { 'retry-after': '3600' } } });
    expect((await failure(folder.get())).message).toMatch(/is busy \(503\) and asks to wait 3600 s\. Start it again later/);
    expect(folder.server.requests).toHaveLength(1);
  });

  test('a web page where a file should be', async () => {
    serve({ contentType: 'text/html; charset=utf-8', bytes: Buffer.from('<html>Log in') });
    for (const change of [{ sha256 }, { destination: folder.at('model.safetensors') }]) {
      expect(await failure(folder.get(change))).toMatchObject({ data: { reason: 'NET_PORTAL' }, message: expect.stringMatching(/sent a web page instead of .* Open a browser and log in to the network/) as string });
    }
    expect(await folder.get()).toMatchObject({ bytes: 12 });
  });

  test('nobody listens there', async () => {
    const { port } = folder.server;
    await folder.server.close();
    const error = await failure(folder.get());
    expect(error).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', isTransient: true, data: { reason: 'NET_OFFLINE' } });
    expect(error.message).toContain(`127.0.0.1:${port} refuses connections.`);
  });
});

describe('redirects', () => {
  test('are followed, and resumed through', async () => {
    folder.server.serve('/file', { bytes: content, redirectTo: '/second' });
    folder.server.serve('/second', { bytes: content, redirectTo: folder.server.url('/third') });
    folder.server.serve('/third', { bytes: content, etag: '"x"', cut: { afterBytes: 1_000_000, times: 1 } });
    expect(await folder.get({ sha256 })).toMatchObject({ sha256 });
    expect(folder.server.requests.map(({ path }) => path)).toEqual(['/file', '/second', '/third', '/file', '/second', '/third']);
  });

  test('without end are not', async () => {
    folder.server.serve('/file', { bytes: content, redirectTo: '/file' });
    expect(await failure(folder.get())).toMatchObject({ code: 'PROVIDER_REJECTED', data: { reason: 'NET_REDIRECT' } });
    expect(folder.server.requests).toHaveLength(11);
  });

  test.each(['http://192.0.2.1/file', 'file:///etc/passwd', 'ftp://127.0.0.1/x', 'http://'])('to %s are refused', async (redirectTo) => {
    folder.server.serve('/file', { bytes: content, redirectTo });
    expect(await failure(folder.get())).toMatchObject({ data: { reason: 'NET_REDIRECT' } });
  });

  test('secrets stay with the server that they are for', async () => {
    const elsewhere = await makeDownloadFolder();
    folder.server.serve('/file', { bytes: content, redirectTo: '/here' });
    folder.server.serve('/here', { bytes: content, redirectTo: elsewhere.server.url('/there') });
    elsewhere.server.serve('/there', { bytes: content });
    await folder.get({ headers: { authorization: 'Bearer secret' } });
    expect(folder.server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer secret', 'Bearer secret']);
    expect(elsewhere.server.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    await elsewhere.remove();
  });

  test('an address without encryption is only asked on this machine', async () => {
    expect(await failure(folder.get({ url: 'http://192.0.2.1/file' }))).toMatchObject({ data: { reason: 'NET_REDIRECT' } });
    expect(await failure(folder.get({ url: 'nonsense' }))).toMatchObject({ message: expect.stringContaining('"nonsense" is no address') as string });
  });
});

describe('canceled', () => {
  test('before it begins: nothing is made', async () => {
    await expect(folder.get({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(existsSync(folder.partsDir)).toBe(false);
  });

  test('in the middle: what is here is kept and gone on with', async () => {
    const file = serve({ stall: { afterBytes: 2_000_000 } });
    const controller = new AbortController();
    await expect(folder.get({ sha256, signal: controller.signal, onProgress: ({ receivedBytes }) => { if (receivedBytes > 0) controller.abort(); } })).rejects.toMatchObject({ name: 'AbortError' });
    file.stall = undefined;
    expect((await folder.get({ sha256 })).resumedFrom).toBeGreaterThan(0);
    expect(await arrived()).toBe(true);
  });
});

test('two at once: the second hears who is at it', async () => {
  const file = serve({ stall: { afterBytes: 1_000_000 } });
  const controller = new AbortController();
  const first = folder.get({ sha256, signal: controller.signal });
  await folder.server.asked('/file');
  const error = await failure(folder.get({ sha256 }));
  expect(error).toMatchObject({ code: 'CONFLICT', isTransient: true, data: { reason: 'IN_USE', pid: process.pid } });
  controller.abort();
  await expect(first).rejects.toMatchObject({ name: 'AbortError' });
  file.stall = undefined;
  expect(await folder.get({ sha256 })).toMatchObject({ sha256 });
});

test('a folder that is a file is named', async () => {
  serve();
  await writeFile(folder.at('parts'), '');
  expect(await failure(folder.get())).toMatchObject({ code: 'BAD_INPUT', data: { reason: 'DISK_PATH' } });
});

test('too little space is said before the first byte', async () => {
  serve();
  const error = await failure(folder.get({ sha256, reserveBytes: 1e18 }));
  expect(error).toMatchObject({ code: 'DISK_FULL', data: { reason: 'DISK_FULL' } });
  expect(error.message).toMatch(/^\d[\d.]* TB are needed for .*parts and [\d.]+ .B are free there\. Make room or choose another folder/);
  expect(await folder.get({ sha256 })).toMatchObject({ resumedFrom: 0 });
});
