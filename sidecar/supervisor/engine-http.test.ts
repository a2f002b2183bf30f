import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createEngineHttp } from './engine-http.ts';

/** A server that answers as told, and its port. */
async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
const json = (value: unknown): RequestListener => (_, response) => void response.end(JSON.stringify(value));
const text = (body: string, status = 200): RequestListener => (_, response) => void response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end(body);
const silent: RequestListener = () => {};
const cut: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-length': '1000' }).write('{"adgen":');
  setTimeout(() => response.destroy(), 20);
};
const http = (markInArgv?: string) => createEngineHttp({ run: 'mine', httpMs: 200, objectInfoMs: 200, markInArgv });

describe('who answers', () => {
  test.each([
    ['our nonce', json({ adgen: 'mine', supports_preview_metadata: true }), 'ours', 'ok'],
    ['another nonce', json({ adgen: 'other' }), 'foreign', 'foreign'],
    ['no nonce', json({}), 'foreign', 'foreign'],
    ['null', json(null), 'foreign', 'foreign'],
    ['a page', text('<html>'), 'foreign', 'foreign'],
    ['a redirect', text('', 302), 'foreign', 'foreign'],
    ['an error', text('{}', 500), 'foreign', 'foreign'],
    ['nothing in time', silent, 'none', 'timeout'],
    ['half an answer', cut, 'none', 'refused'],
  ] as [string, RequestListener, string, string][])('%s', async (_, listener, identity, probe) => {
    const port = await serve(listener);
    expect([await http().identity(port), await http().probe(port)]).toEqual([identity, probe]);
  });

  test('nobody', async () => {
    expect(await http().probe(1)).toBe('refused');
  });

  test('an engine that is too old for a nonce is known by an argument of ours', async () => {
    const port = await serve(json({ system: { argv: ['main.py', '--base-directory', '/data/mine'] } }));
    expect([await http('/data/mine').identity(port), await http('/data/other').identity(port)]).toEqual(['ours', 'foreign']);
  });
});

test.each([
  ['nodes', json({ SaveImage: { input: {}, output: [] } }), 'ok'],
  ['no node at all', json({}), 'unreadable'],
  ['something else', json({ SaveImage: 1 }), 'unreadable'],
  ['truncated JSON', text('{"SaveImage":'), 'unreadable'],
  ['nothing in time', silent, 'none'],
] as [string, RequestListener, string][])('a list of nodes that is %s', async (_, listener, expected) => {
  expect(await http().objectInfo(await serve(listener))).toBe(expected);
});

test.each([
  ['ComfyUI', json({ system: { argv: [] } }), 'ok'],
  ['a different service', json({ hello: 1 }), 'foreign'],
] as [string, RequestListener, string][])('an address that is %s', async (_, listener, expected) => {
  expect(await http().probeUrl(`http://127.0.0.1:${await serve(listener)}/`)).toBe(expected);
});

test('an address that is none, or speaks no https', async () => {
  const port = await serve(silent);
  expect([await http().probeUrl('not an address'), await http().probeUrl(`https://127.0.0.1:${port}`)].every((answer) => answer !== 'ok')).toBe(true);
});
