/**
 * What no page may do, whatever it is: leave, open windows, embed others, ask for the machine's devices, load anything over the network.
 * Everything is refused by default; what is allowed stands here by name.
 */
import { app } from 'electron';
import type { Session } from 'electron';
import { isOwnUrl, isPageUrl } from './origin.ts';

/** Copying text, and a player in full screen. */
const ALLOWED_PERMISSIONS: readonly string[] = ['clipboard-sanitized-write', 'fullscreen'];
/** `devtools:` is asked for by the developer tools of a program that is not packed. */
const LOCAL_SCHEMES: readonly string[] = ['blob:', 'data:', 'devtools:'];

/** For all contents that there will ever be. Called before the first window is made. */
export function lockContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('will-navigate', (event) => isPageUrl(event.url) || event.preventDefault());
    contents.on('will-frame-navigate', (event) => isPageUrl(event.url) || event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
  });
}

/** For everything that contents share. */
export function lockSession(session: Session): void {
  const isAllowed = (permission: string, url: string): boolean => ALLOWED_PERMISSIONS.includes(permission) && isOwnUrl(url);
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => answer(isAllowed(permission, requestingUrl)));
  session.setPermissionCheckHandler((_contents, permission, _origin, { requestingUrl }) => isAllowed(permission, requestingUrl ?? ''));
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    const url = item.getURL();
    if (!isOwnUrl(url.replace(/^blob:/, ''))) event.preventDefault(); // the page's own are asked for with the system's dialog
  });
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isLocal(url) }));
  session.setSpellCheckerEnabled(false); // would fetch dictionaries from another machine
}

function isLocal(url: string): boolean {
  return isOwnUrl(url) || LOCAL_SCHEMES.includes(URL.parse(url)?.protocol ?? '');
}
