/** True when a URL points at this machine, so that asking it does not leave it: localhost, 127.0.0.0/8, ::1. Names are not resolved. */
export function isLoopbackUrl(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname.toLowerCase() : '';
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
