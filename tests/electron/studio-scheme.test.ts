import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareShells, releaseShells, startShell, withDataDir } from './shell.ts';
import type { Shell } from './shell.ts';

const PHOTO = readFileSync(fileURLToPath(new URL('../../resources/samples/soda-can.jpg', import.meta.url)));

let data: Awaited<ReturnType<typeof withDataDir>>;
let shell: Shell;
let hash: string;

beforeAll(async () => {
  await prepareShells();
  data = await withDataDir();
  shell = await startShell({ dataDir: data.dataDir });
  await shell.page();
  const answer = await ask('/upload?purpose=photo&name=can.jpg', { method: 'POST', bytes: [...PHOTO] });
  hash = (JSON.parse(answer.text) as { asset: { hash: string } }).asset.hash;
}, 120_000);
afterAll(async () => {
  await shell.quit();
  await releaseShells();
  await data.remove();
});

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly range: string | null;
  readonly text: string;
  readonly sha: string;
}

/** As the page itself would. */
async function ask(path: string, { method = 'GET', range = '', bytes = undefined as number[] | undefined } = {}): Promise<Answer> {
  const page = await shell.page();
  const { body, ...answer } = (await page.evaluate(`(async ({ path, method, range, bytes }) => {
    const response = await fetch(path, { method, headers: range ? { range } : {}, ...(bytes ? { body: new Uint8Array(bytes) } : {}) });
    const received = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, type: response.headers.get('content-type'), range: response.headers.get('content-range'), body: [...received] };
  })(${JSON.stringify({ path, method, range, bytes })})`)) as Omit<Answer, 'text' | 'sha'> & { readonly body: number[] };
  const received = Buffer.from(body);
  return { ...answer, text: received.length < 100_000 ? received.toString() : '', sha: createHash('sha256').update(received).digest('hex') };
}

describe('adgen://studio', () => {
  test('is registered as a secure origin of its own, before the app is ready', () => {
    expect(shell.state.schemes).toEqual([{ scheme: 'adgen', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }]);
  });

  test('serves the page with a policy that allows nothing from elsewhere', async () => {
    const handler = shell.state.protocolHandlers.get('adgen') as (request: Request) => Promise<Response>;
    const response = await handler(new Request('adgen://studio/index.html'));
    expect([response.status, response.headers.get('content-type'), response.headers.get('x-content-type-options')]).toEqual([200, 'text/html; charset=utf-8', 'nosniff']);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' adgen://studio;");
    expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:|\*/);
  });

  test('takes a file in and gives it back, whole and in ranges', async () => {
    expect((await ask(`/media/artifact/${hash}`)).sha).toBe(createHash('sha256').update(PHOTO).digest('hex'));
    const part = await ask(`/media/artifact/${hash}`, { range: 'bytes=100-199' });
    expect([part.status, part.range, part.sha]).toEqual([206, `bytes 100-199/${PHOTO.length}`, createHash('sha256').update(PHOTO.subarray(100, 200)).digest('hex')]);
    expect((await ask(`/media/artifact/${hash}`, { range: `bytes=${PHOTO.length}-` })).status).toBe(416);
  });

  test('gives media only by hashes of the store', async () => {
    expect((await ask(`/media/artifact/${'0'.repeat(64)}`)).status).toBe(404);
    for (const path of ['/media/artifact/..%2F..%2Fstudio.db', '/media/artifact/%2e%2e/%2e%2e/studio.db', '/media/artifact/studio.db', '/media/', '/media/artifact/']) expect((await ask(path)).status).toBeGreaterThanOrEqual(400);
  });

  test.each([
    '/../package.json', '/..%2fpackage.json', '/%2e%2e/%2e%2e/etc/passwd', '/..%5c..%5cwindows%5cwin.ini', '/assets/../../../package.json', '/.stamp', '/api/about', '/rpc/system/about', '/ws', '/studio.db', '/index.html/', '//etc/passwd', '/C:/Windows/win.ini', '/assets',
  ])('knows nothing of %s', async (path) => {
    const handler = shell.state.protocolHandlers.get('adgen') as (request: Request) => Promise<Response>;
    expect((await handler(new Request(`adgen://studio${path}`))).status).toBe(404);
  });

  test.each(['adgen://other/index.html', 'adgen://studio.evil.example/index.html', 'adgen://studio:1234/index.html'])('is the only host: %s is not there', async (url) => {
    const handler = shell.state.protocolHandlers.get('adgen') as (request: Request) => Promise<Response>;
    expect((await handler(new Request(url))).status).toBe(404);
  });

  test.each([['POST', '/index.html'], ['PUT', '/upload'], ['DELETE', '/media/artifact/x'], ['GET', '/upload']])('%s %s is refused', async (method, path) => {
    const handler = shell.state.protocolHandlers.get('adgen') as (request: Request) => Promise<Response>;
    expect((await handler(new Request(`adgen://studio${path}`, { method }))).status).toBe(404);
  });

  test('ignores a media key that the page brings; the shell has its own', async () => {
    expect((await ask(`/media/artifact/${hash}?k=wrong`)).status).toBe(200);
  });
});
