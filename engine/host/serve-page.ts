/** The files of the page: a fixed list, so no request can name another file. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pathOf } from './request-guard.ts';

const FOLDER = new URL('../../renderer/status/', import.meta.url);
const FILES = new Map([
  ['/', { name: 'index.html', type: 'text/html; charset=utf-8' }],
  ['/status.css', { name: 'status.css', type: 'text/css; charset=utf-8' }],
  ['/status.js', { name: 'status.js', type: 'text/javascript; charset=utf-8' }],
]);
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Answers a request for the page; returns false for everything else. */
export async function servePage(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  const file = FILES.get(pathOf(request));
  if (!file || request.method !== 'GET') return false;
  const body = await readFile(new URL(file.name, FOLDER));
  response.writeHead(200, { 'content-type': file.type, 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' }).end(body);
  return true;
}
