/** The address of the studio's page in the window. Its scheme is ours alone: no web page has this origin, and nothing else is loaded. */
export const SCHEME = 'adgen';
export const HOST = 'studio';
export const ORIGIN = `${SCHEME}://${HOST}`;
export const PAGE_URL = `${ORIGIN}/index.html`;

/** Whether an address belongs to the studio. Custom schemes have no origin of their own in Node, so scheme and host are compared. */
export function isOwnUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && parsed.protocol === `${SCHEME}:` && parsed.host === HOST;
}

/** Whether an address is the page itself; where it stands in its fragment does not matter. */
export function isPageUrl(url: string): boolean {
  return isOwnUrl(url) && ['/', '/index.html'].includes(URL.parse(url)?.pathname ?? '');
}
