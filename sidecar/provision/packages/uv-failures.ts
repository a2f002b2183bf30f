/** What uv's last words mean for the user. Its texts are for developers and name causes last. Pure. */
import { AdgenError } from '#core/contract/errors.ts';
import { type ProvisionReason, provisionError } from '../failures.ts';

interface Meaning {
  readonly pattern: RegExp;
  readonly reason: ProvisionReason;
  readonly sentence: string;
}

/** The first that fits counts: causes that lie on this machine before those of the network. */
const MEANINGS: readonly Meaning[] = [
  { pattern: /No space left on device|os error 28\b|os error 112\b|not enough space on the disk/i, reason: 'DISK_FULL', sentence: 'The disk became full while the engine\'s packages were installed.' },
  { pattern: /Read-only file system|os error 30\b/i, reason: 'DISK_READ_ONLY', sentence: 'The engine\'s folder cannot be written to.' },
  { pattern: /Permission denied|Access is denied|os error 13\b/i, reason: 'DISK_READ_ONLY', sentence: 'A file of the engine cannot be written: it is protected or held by another program.' },
  { pattern: /Hash mismatch|hash-checking|hash does not match/i, reason: 'NET_HASH', sentence: 'A package is not the one that was pinned: its hash differs.' },
  { pattern: /407 Proxy Authentication|proxy authentication required/i, reason: 'NET_PROXY', sentence: 'The proxy asks for a login.' },
  { pattern: /tunnel error|proxy connect|unsuccessful tunnel/i, reason: 'NET_PROXY', sentence: 'The proxy cannot be reached.' },
  { pattern: /invalid peer certificate|UnknownIssuer|certificate verify failed|self.signed certificate|CertExpired|certificate (?:has )?expired/i, reason: 'NET_TLS', sentence: 'The package index\'s certificate is not trusted here.' },
  { pattern: /dns error|failed to lookup address|Name or service not known|No such host is known|Network is unreachable|Connection refused|network connectivity is disabled/i, reason: 'NET_OFFLINE', sentence: 'The package index cannot be reached.' },
  { pattern: /operation timed out|request timed out|timed out/i, reason: 'NET_STALL', sentence: 'The package index stopped answering.' },
  { pattern: /\b(?:429 Too Many Requests|50[234] [A-Z])/, reason: 'NET_BUSY', sentence: 'The package index is overloaded.' },
  { pattern: /connection (?:reset|closed)|unexpected end of file|error decoding response body|IncompleteBody|broken pipe/i, reason: 'NET_CUT', sentence: 'The connection to the package index broke off.' },
  { pattern: /no (?:matching distribution|usable wheels|wheels with a matching)|was not found in the (?:package registry|provided package locations)|no version of|404 Not Found/i, reason: 'NET_GONE', sentence: 'A pinned package is no longer offered for this machine.' },
];

const LINES_KEPT = 20;

/** `lines` is what uv said; the error carries the last of them in `data.lastLines`. */
export function explainUvFailure(purpose: string, lines: readonly string[], ending: { readonly exitCode: number | null; readonly signal: string | null }): AdgenError {
  const lastLines = lines.slice(-LINES_KEPT);
  const text = lastLines.join(' ').replaceAll(/\s+/g, ' '); // uv breaks its lines at 80 letters
  const meaning = MEANINGS.find(({ pattern }) => pattern.test(text));
  const data = { lastLines, ...ending };
  if (meaning !== undefined) return provisionError(meaning.reason, meaning.sentence, { data });
  const how = ending.signal === null ? `code ${ending.exitCode}` : ending.signal;
  const said = lastLines.find((line) => /^\s*(?:error|×)/i.test(line)) ?? lastLines.at(-1);
  const action = 'Start it again; if that does not help, repair the engine.';
  return new AdgenError('TOOL_FAILED', `uv could not ${purpose} (${how})${said === undefined ? '' : `: ${said.trim().slice(0, 300)}`}. ${action}`, { data: { reason: 'ENV_BROKEN', action, ...data } });
}
