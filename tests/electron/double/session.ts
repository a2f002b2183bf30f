/** Electron's session and protocols: every request of a page goes through the listeners and handlers that the shell has set, and nowhere else. */
import { EventEmitter } from 'node:events';
import type { BrowserContext, Route } from 'playwright';
import { state } from './state.ts';

/** Chromium cannot be taught a scheme from outside, so pages of `adgen:` live under this origin; everything of ours sees the real address. */
const STAND_IN = 'https://adgen-studio.test';

export function toChromium(url: string): string {
  return url.replace(/^adgen:\/\/studio(?=\/|$)/, STAND_IN);
}

export function fromChromium(url: string): string {
  return url.replaceAll(STAND_IN, 'adgen://studio');
}

type PermissionCallback = (isGranted: boolean) => void;

export class Session extends EventEmitter {
  permissionRequest: ((contents: unknown, permission: string, answer: PermissionCallback, details: { readonly requestingUrl: string }) => void) | undefined;
  permissionCheck: ((contents: unknown, permission: string, origin: string, details: { readonly requestingUrl?: string }) => boolean) | undefined;
  devicePermission: ((details: object) => boolean) | undefined;
  beforeRequest: ((details: { readonly url: string }, answer: (response: { readonly cancel?: boolean }) => void) => void) | undefined;
  isSpellCheckerEnabled = true;

  readonly protocol = { handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>): void => void state.protocolHandlers.set(scheme, handler) };
  readonly webRequest = { onBeforeRequest: (listener: NonNullable<Session['beforeRequest']>): void => void (this.beforeRequest = listener) };
  setPermissionRequestHandler = (handler: NonNullable<Session['permissionRequest']>): void => void (this.permissionRequest = handler);
  setPermissionCheckHandler = (handler: NonNullable<Session['permissionCheck']>): void => void (this.permissionCheck = handler);
  setDevicePermissionHandler = (handler: NonNullable<Session['devicePermission']>): void => void (this.devicePermission = handler);
  setSpellCheckerEnabled = (isEnabled: boolean): void => void (this.isSpellCheckerEnabled = isEnabled);
}

export const session = { defaultSession: new Session() };

export const protocol = {
  registerSchemesAsPrivileged(schemes: typeof state.schemes): void {
    if (state.app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    state.schemes.push(...schemes);
  },
};

/** @param mayNavigate asked before a page goes elsewhere */
export async function serveRequests(context: BrowserContext, mayNavigate: (url: string, isMainFrame: boolean) => boolean): Promise<void> {
  await context.route('**/*', async (route) => {
    const request = route.request();
    const url = fromChromium(request.url());
    const frame = request.isNavigationRequest() ? request.frame() : undefined;
    if (frame && !mayNavigate(url, frame.parentFrame() === null)) return await route.abort('aborted');
    const isCanceled = await new Promise<boolean>((resolve) => session.defaultSession.beforeRequest?.({ url }, ({ cancel = false }) => resolve(cancel)) ?? resolve(false));
    const handler = state.protocolHandlers.get(new URL(url).protocol.slice(0, -1));
    if (isCanceled || !handler) {
      state.refusedRequests.push(url);
      return await route.abort('blockedbyclient');
    }
    await answer(route, url, handler);
  });
}

async function answer(route: Route, url: string, handler: (request: Request) => Response | Promise<Response>): Promise<void> {
  const request = route.request();
  const body = request.postDataBuffer();
  const response = await handler(new Request(url, { method: request.method(), headers: await request.allHeaders().then(plainHeaders), ...(body ? { body: new Uint8Array(body) } : {}) }));
  const headers = Object.fromEntries([...response.headers].map(([name, value]) => [name, toPolicy(name, value)]));
  await route.fulfill({ status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) }).catch(() => {}); // the page has gone on
}

/** HTTP/2's own headers begin with a colon. */
function plainHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(':')));
}

function toPolicy(name: string, value: string): string {
  return name === 'content-security-policy' ? value.replaceAll('adgen://studio', STAND_IN) : value;
}
