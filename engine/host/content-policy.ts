/**
 * What the studio's page may load and do: its own files, nothing from elsewhere, no inline script. Styles may be inline because accessible
 * primitives position their pop-ups by style attributes. The shell's window gets the same policy.
 */
export const CONTENT_POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "img-src 'self' blob: data:", "media-src 'self' blob:", "font-src 'self'", "connect-src 'self'", "worker-src 'self' blob:",
  "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "object-src 'none'",
].join('; ');
