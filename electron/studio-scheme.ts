/**
 * `adgen://studio/…`: the page's files out of the program, and media and uploads from the engine's local server. The launch's token is put
 * in here, so the page never sees it. A fixed list of what may be asked for; everything else is 404.
 */
import { protocol } from 'electron';
import type { Session } from 'electron';
import { CONTENT_POLICY } from '#engine/host/content-policy.ts';
import { mediaKeyOf } from '#engine/host/http-server.ts';
import { readPageFile } from '#engine/host/serve-page.ts';
import { HOST, isOwnUrl, SCHEME } from './origin.ts';

/** Where the engine serves. */
export interface EngineAddress {
  readonly port: number;
  readonly token: string;
}

/** What a player may tell the server, and hear from it. */
const ASKED_HEADERS = ['range', 'if-none-match', 'if-range', 'content-type'] as const;

/** Before the app is ready. `stream`: players may seek. */
export function registerStudioScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }]);
}

/** @param engine its address; undefined while the first one is being started */
export function serveStudioScheme(session: Session, engine: () => EngineAddress | undefined): void {
  session.protocol.handle(SCHEME, async (request) => {
    if (!isOwnUrl(request.url)) return refuse(404);
    const { pathname, search } = new URL(request.url);
    if (pathname.startsWith('/media/') && request.method === 'GET') return await forward(request, `${pathname}${withKey(search, engine())}`, engine());
    if (pathname === '/upload' && request.method === 'POST') return await forward(request, `${pathname}${search}`, engine());
    return request.method === 'GET' ? await answerPage(pathname) : refuse(404);
  });
}

async function answerPage(pathname: string): Promise<Response> {
  const file = await readPageFile(pathname === '/' ? '/index.html' : pathname);
  if (!file) return refuse(404);
  return new Response(file.bytes, { headers: { 'content-type': file.type, 'content-security-policy': shellPolicy(), 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' } });
}

/** `'self'` is this scheme here; named, too, because a policy's `'self'` has not always matched custom schemes. */
function shellPolicy(): string {
  return CONTENT_POLICY.replaceAll("'self'", `'self' ${SCHEME}://${HOST}`);
}

async function forward(request: Request, path: string, engine: EngineAddress | undefined): Promise<Response> {
  if (!engine) return refuse(503);
  const headers = new Headers({ authorization: `Bearer ${engine.token}` });
  for (const name of ASKED_HEADERS) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  try {
    // Node's own fetch: Electron's would go through the session, which may load nothing over the network, and through the system's proxy.
    return await fetch(`http://127.0.0.1:${engine.port}${path}`, { method: request.method, headers, signal: request.signal, ...(request.body ? { body: request.body, duplex: 'half' } : {}) });
  } catch {
    return refuse(503); // the engine is being started again; the page asks once more
  }
}

function withKey(search: string, engine: EngineAddress | undefined): string {
  const query = new URLSearchParams(search);
  query.set('k', engine ? mediaKeyOf(engine.token) : '');
  return `?${query}`;
}

function refuse(status: number): Response {
  return new Response(null, { status });
}
