import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import OpenAI from 'openai';
import { WebSocket } from 'ws';
import { guardOffline } from './offline-guard.ts';

const server = createServer((_request, response) => response.end('here'));
let isOffline = true;
let release = (): void => {};
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  release = guardOffline(() => isOffline);
});
afterEach(() => void (isOffline = true));
afterAll(() => {
  release();
  server.close();
});

/** The sentence at the root of what a client throws. */
function sentenceOf(error: unknown): string {
  let current = error;
  while (current instanceof Error && current.cause instanceof Error) current = current.cause;
  return String(current);
}

const failed = (work: Promise<unknown>): Promise<string> => work.then(() => 'it went out', sentenceOf);

// Documentation addresses: nothing of ours is there, and none of these may even be tried.
describe('offline, no socket to another machine is opened', () => {
  test('by fetch, to a name or an address', async () => {
    expect(await failed(fetch('http://203.0.113.5/x'))).toContain('Offline: the connection to 203.0.113.5 was not opened');
    expect(await failed(fetch('https://adgen-name-that-is-not-looked-up.example/'))).toContain('Offline');
    expect(await failed(fetch('http://[2001:db8::1]/'))).toContain('Offline');
  });

  test('by the client of a language model', async () => {
    const client = new OpenAI({ apiKey: 'none', baseURL: 'https://203.0.113.5/v1', maxRetries: 0 });
    expect(await failed(client.models.list())).toContain('Offline');
  });

  test('by plain sockets, TLS and WebSockets', async () => {
    const errorOf = (socket: { once(event: 'error', listener: (error: Error) => void): unknown }): Promise<string> => new Promise((resolve) => socket.once('error', (error) => resolve(sentenceOf(error))));
    expect(await errorOf(connect(80, '203.0.113.5'))).toContain('Offline');
    expect(await errorOf(connect({ host: '203.0.113.5', port: 80 }))).toContain('Offline');
    expect(await errorOf(connectTls(443, '203.0.113.5'))).toContain('Offline');
    expect(await errorOf(new WebSocket('ws://203.0.113.5/ws'))).toContain('Offline');
  });
});

describe('this machine stays reachable', () => {
  test.each(['127.0.0.1', 'localhost'])('at %s', async (host) => {
    const { port } = server.address() as AddressInfo;
    expect(await (await fetch(`http://${host}:${port}/`)).text()).toBe('here');
  });

  test('and a redirect away from it is not followed', async () => {
    const away = createServer((_request, response) => response.writeHead(302, { location: 'http://203.0.113.5/' }).end());
    await new Promise<void>((resolve) => away.listen(0, '127.0.0.1', resolve));
    expect(await failed(fetch(`http://127.0.0.1:${(away.address() as AddressInfo).port}/`))).toContain('Offline');
    away.close();
  });
});

test('the switch counts at every connection, and a question that is taken back no longer', async () => {
  /** Let through, it asks this for the name's address and goes no further. */
  const attempt = (): Promise<string> => new Promise((resolve) => {
    const lookup = (_name: string, _options: unknown, answer: (error: Error) => void): void => answer(new Error('it would have gone out'));
    connect({ host: 'somewhere.example', port: 9, lookup: lookup as never }).once('error', (error) => resolve(sentenceOf(error)));
  });
  expect(await attempt()).toContain('Offline');
  isOffline = false;
  expect(await attempt()).toContain('it would have gone out');
  const other = guardOffline(() => true);
  expect(await attempt()).toContain('Offline');
  other();
  expect(await attempt()).toContain('it would have gone out');
});
