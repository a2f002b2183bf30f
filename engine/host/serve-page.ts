/** The files of the built renderer: a list made beforehand, so no request can name another file. */
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONTENT_POLICY } from './content-policy.ts';
import { pathOf } from './request-guard.ts';

/** Where `cli/build-renderer.ts` puts the page. */
export const PAGE_FOLDER = fileURLToPath(new URL('../../dist/renderer/', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg', '.woff2': 'font/woff2', '.json': 'application/json', '.wasm': 'application/wasm',
};

let files: ReadonlyMap<string, string> | undefined;

/** Answers a request for the page; returns false for everything else. */
export async function servePage(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  if (request.method !== 'GET') return false;
  const path = pathOf(request);
  const file = await readPageFile(path === '/' ? '/index.html' : path);
  if (!file) return path === '/' ? sayUnbuilt(response) : false;
  const isStamped = path.startsWith('/assets/'); // their names carry a hash of their contents
  response.writeHead(200, {
    'content-type': file.type, 'content-security-policy': CONTENT_POLICY, 'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer', 'cross-origin-opener-policy': 'same-origin', 'cache-control': isStamped ? 'private, max-age=31536000, immutable' : 'no-store',
  }).end(file.bytes);
  return true;
}

/** A file of the page by its path, e.g. `/index.html`; undefined for everything else. */
export async function readPageFile(path: string): Promise<{ readonly bytes: Buffer<ArrayBuffer>; readonly type: string } | undefined> {
  if (path === '/index.html') files = listFiles(); // a page that was built anew under a running server has other files
  files ??= listFiles();
  const file = files.get(path);
  return file === undefined ? undefined : { bytes: await readFile(file), type: TYPES[extname(file)] ?? 'application/octet-stream' };
}

function listFiles(): ReadonlyMap<string, string> {
  try {
    readFileSync(join(PAGE_FOLDER, 'index.html'));
  } catch {
    return new Map(); // not built
  }
  const entries = readdirSync(PAGE_FOLDER, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.name.startsWith('.'));
  return new Map(entries.map((entry) => {
    const file = join(entry.parentPath, entry.name);
    return [`/${file.slice(PAGE_FOLDER.length).replaceAll('\\', '/')}`, file];
  }));
}

function sayUnbuilt(response: ServerResponse): boolean {
  response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' }).end('The studio\'s page is not built. Start it with "npm start", which builds it.\n');
  return true;
}
