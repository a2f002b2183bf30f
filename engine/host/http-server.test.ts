import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { serveHttp } from './http-server.ts';
import { openTestEngine } from './testing/test-engine.ts';
import type { TestEngine } from './testing/test-engine.ts';

let running: TestEngine;
let port: number;
let token: string;

beforeAll(async () => {
  running = await openTestEngine();
  ({ port, token } = running.host);
});

afterAll(() => running.close());

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends the path as it stands, which `fetch` would not. */
function ask(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET', body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      text(response).then((answer) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: answer }), reject);
    });
    request.on('error', reject).end(body);
  });
}

const bearer = (value = token): Record<string, string> => ({ authorization: `Bearer ${value}` });

describe('the token', () => {
  test('opens REST and RPC', async () => {
    expect((await ask('/api/about', bearer())).status).toBe(200);
    expect((await ask('/rpc/system/about', { ...bearer(), 'content-type': 'application/json' }, 'POST', '{}')).status).toBe(200);
  });

  test.each([
    ['missing', {}],
    ['empty', { authorization: 'Bearer ' }],
    ['of another launch', { authorization: 'Bearer DIFFERENTDIFFERENTDIFFERENTDIFFERENTDIFFERE' }],
    ['without its scheme', { authorization: 'TOKEN' }],
    ['cut by one letter', { authorization: 'CUT' }],
    ['in the query only', {}],
  ])('is refused when it is %s', async (what, headers) => {
    const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('TOKEN', token).replace('CUT', `Bearer ${token.slice(0, -1)}`)]));
    const query = what === 'in the query only' ? `?token=${token}&authorization=${token}` : '';
    for (const path of ['/api/about', '/api/runs', '/api/adverts', '/rpc/system/about', '/nothing']) {
      expect(await ask(`${path}${query}`, given)).toMatchObject({ status: 401, body: expect.not.stringContaining(token) });
    }
  });

  test('is new for every launch and long', async () => {
    const other = await serveHttp(running.router);
    await other.close();
    expect(other.token).not.toBe(token);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });
});

describe('the address', () => {
  test.each(['evil.example', `evil.example:80`, '127.0.0.1', 'localhost', `127.0.0.1.evil.example`, `[::1]`, '0.0.0.0'])('is refused under the name %s, even with the token', async (host) => {
    const named = host.endsWith(':80') ? host : `${host}:${host.includes('.') && host !== '127.0.0.1' ? port : 1}`;
    for (const path of ['/', '/api/about']) expect((await ask(path, { ...bearer(), host: named })).status).toBe(403);
  });

  test('is refused to pages of other origins, even with the token', async () => {
    for (const origin of ['http://evil.example', `https://127.0.0.1:${port}`, `http://127.0.0.1:${port + 1}`, `http://127.0.0.1:${port}.evil.example`, 'null', 'file://']) {
      expect((await ask('/api/about', { ...bearer(), origin })).status).toBe(403);
    }
    for (const origin of [`http://127.0.0.1:${port}`, `http://localhost:${port}`]) {
      const answer = await ask('/api/about', { ...bearer(), origin });
      expect(answer.status).toBe(200);
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  test('is listened to on loopback only', async () => {
    const elsewhere = connect({ host: '127.0.0.2', port });
    const outcome = await new Promise((resolve) => elsewhere.on('connect', () => resolve('connected')).on('error', (error: NodeJS.ErrnoException) => resolve(error.code)));
    elsewhere.destroy();
    expect(outcome).not.toBe('connected');
  });

  test('says so when the port is taken', async () => {
    await expect(serveHttp(running.router, { port })).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(`Port ${port}`) });
  });
});

describe('the page', () => {
  test('comes with a policy that allows nothing from elsewhere', async () => {
    const { status, headers, body } = await ask('/');
    expect(status).toBe(200);
    expect(body).toContain('<title>AdGen Studio</title>');
    expect(headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self'; .*frame-ancestors 'none'/);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
    for (const [, file = ''] of body.matchAll(/(?:src|href)="(\/[^"]+)"/g)) expect((await ask(file)).status).toBe(200);
    expect(body).not.toMatch(/<script>|onclick|style="/);
  });

  test.each([
    '/../package.json', '/../../engine/main.ts', '/%2e%2e/package.json', '/..%2fpackage.json', '/assets/../../../package.json', '/%2Fetc%2Fpasswd', '//etc/passwd', '/./index.html', '/index.html',
    '/index.html%00.png', '/__proto__', '/constructor', String.raw`/..\package.json`, '*', 'http://127.0.0.1/etc/passwd', '//',
  ])('gives nothing but its own files for %s', async (path) => {
    const { status, body } = await ask(path);
    expect(status).toBe(path === '/index.html' ? 200 : 401);
    expect(body).not.toMatch(/adgen-studio|root:|openEngine/);
  });

  test('is not written to', async () => {
    expect((await ask('/', {}, 'POST', 'x')).status).toBe(401);
  });
});

describe('the WebSocket', () => {
  /** `open`, or the status it was refused with. */
  function knock(path: string, protocols: readonly string[], headers: Readonly<Record<string, string>> = {}): Promise<string> {
    return new Promise((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, [...protocols], { headers });
      socket.on('open', () => (socket.terminate(), resolve('open')));
      socket.on('error', ({ message }) => resolve(message.replace('Unexpected server response: ', '')));
    });
  }

  test('opens for the token, and does not send it back', async () => {
    expect(await knock('/ws', ['adgen', token])).toBe('open');
  });

  test('is refused without it, from elsewhere, and on other paths', async () => {
    expect(await knock('/ws', [])).toBe('403');
    expect(await knock('/ws', ['adgen'])).toBe('403');
    expect(await knock('/ws', ['adgen', `${token}x`])).toBe('403');
    expect(await knock('/ws', ['adgen', token], { origin: 'http://evil.example' })).toBe('403');
    expect(await knock('/ws', ['adgen', token], { host: 'evil.example' })).toBe('403');
    expect(await knock('/other', ['adgen', token])).toBe('403');
    expect(await knock('//', ['adgen', token])).toBe('403');
  });

  test('ends when a message is too large, and the server goes on', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, ['adgen', token]);
    const code = await new Promise((resolve) => {
      socket.on('open', () => socket.send(Buffer.alloc(16_000_001)));
      socket.on('close', resolve);
      socket.on('error', () => {});
    });
    expect([1006, 1009]).toContain(code);
    expect((await ask('/api/about', bearer())).status).toBe(200);
  });

  test('takes a client that hangs up in the middle of the handshake', async () => {
    for (let count = 0; count < 5; count++) {
      const socket = connect({ host: '127.0.0.1', port });
      socket.write(`GET /ws HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`);
      socket.resetAndDestroy();
    }
    expect((await ask('/api/about', bearer())).status).toBe(200);
  });
});

test('a body over the limit is refused', async () => {
  const answer = await ask('/api/adverts', { ...bearer(), 'content-type': 'application/json' }, 'POST', JSON.stringify({ photoPaths: ['x'.repeat(16_000_001)] })).catch((error: NodeJS.ErrnoException) => error.code);
  expect(typeof answer === 'object' ? answer.status : answer).toSatisfy((outcome: unknown) => outcome === 413 || outcome === 'EPIPE' || outcome === 'ECONNRESET');
});

test('broken JSON is the caller\'s mistake', async () => {
  expect((await ask('/api/adverts', { ...bearer(), 'content-type': 'application/json' }, 'POST', '{"photoPaths": [')).status).toBe(400);
});
