/**
 * Who may talk to the local server. Host and Origin must be the server's own, which defeats DNS rebinding and requests from
 * other web pages; the token of the launch must be there, which keeps out other users of the machine.
 */
import type { IncomingMessage } from 'node:http';
import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether a request is addressed to this server and, if a page sent it, to that page's own origin. */
export function isOwnHost({ headers }: IncomingMessage, port: number): boolean {
  const own = [`127.0.0.1:${port}`, `localhost:${port}`];
  return own.includes(headers.host ?? '') && (headers.origin === undefined || own.some((host) => headers.origin === `http://${host}`));
}

/** `Authorization: Bearer <token>`. */
export function hasBearer({ headers }: IncomingMessage, token: string): boolean {
  const given = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
  return given !== undefined && isEqual(given, token);
}

/** `?k=<media key>`: pictures and players cannot send headers. */
export function hasMediaKey({ url }: IncomingMessage, key: string): boolean {
  const given = new URLSearchParams((url ?? '').split('?')[1] ?? '').get('k');
  return given !== null && isEqual(given, key);
}

/** A browser cannot send headers with a WebSocket, so the token comes as one of the sub-protocols it offers. */
export function offersToken({ headers }: IncomingMessage, token: string): boolean {
  return (headers['sec-websocket-protocol'] ?? '').split(',').some((part) => isEqual(part.trim(), token));
}

/** The path of a request as it was sent, without the query; never decoded or resolved, so ".." stays what it is. */
export function pathOf({ url }: IncomingMessage): string {
  return (url ?? '/').split('?', 1)[0] ?? '/';
}

/** In constant time: both sides are hashed first, so not even the length shows. */
function isEqual(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
