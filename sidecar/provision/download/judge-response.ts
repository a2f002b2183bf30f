/** What an answer means for the bytes that are already here. Servers ignore ranges, change files and lie; nothing is appended on trust. */
import type { IncomingHttpHeaders } from 'node:http';
import type { AdgenError } from '#core/contract/errors.ts';
import { provisionError } from '../failures.ts';

export interface Asked {
  readonly host: string;
  /** The file's name, for sentences. */
  readonly file: string;
  /** Bytes that are here; > 0 = the rest was asked for. */
  readonly position: number;
  /** What `If-Range` named. */
  readonly validator?: string;
  /** Size that the file must have. */
  readonly bytes?: number;
  /** Size that an earlier answer told. */
  readonly totalBytes?: number;
  /** A web page is a legitimate answer. */
  readonly isPageExpected: boolean;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** For `Retry-After` that names a date. */
  readonly nowMs: number;
}

export type Judgement =
  /** The body goes on where we are. */
  | { readonly kind: 'append'; readonly totalBytes?: number }
  /** The body is the whole file. */
  | { readonly kind: 'anew'; readonly totalBytes?: number; readonly validator?: string }
  /** There is nothing more. */
  | { readonly kind: 'complete' }
  /** What is here does not fit what is there: away with it, and ask again from zero. */
  | { readonly kind: 'discard' }
  | { readonly kind: 'fail'; readonly error: AdgenError };

export function judgeResponse(asked: Asked, answer: Answer): Judgement {
  const { status, headers } = answer;
  if (status === 416 && asked.position > 0) return rangeOf(headers)?.total === asked.position ? { kind: 'complete' } : { kind: 'discard' };
  if (status !== 200 && status !== 206) return { kind: 'fail', error: refusal(asked, answer) };
  if (!asked.isPageExpected && /^text\/html\b/i.test(headers['content-type'] ?? '')) {
    return { kind: 'fail', error: provisionError('NET_PORTAL', `${asked.host} sent a web page instead of ${asked.file}, as the login page of a network does.`, { data: { host: asked.host } }) };
  }
  return status === 206 ? judgePart(asked, headers) : judgeWhole(asked, headers);
}

function judgeWhole(asked: Asked, headers: IncomingHttpHeaders): Judgement {
  const totalBytes = lengthOf(headers['content-length']);
  if (isOtherSize(asked.bytes, totalBytes)) return { kind: 'fail', error: otherSize(asked, totalBytes) };
  return { kind: 'anew', ...(totalBytes === undefined ? {} : { totalBytes }), ...validatorOf(headers) };
}

function judgePart(asked: Asked, headers: IncomingHttpHeaders): Judgement {
  const range = rangeOf(headers);
  if (asked.position === 0) return { kind: 'fail', error: provisionError('NET_CUT', `${asked.host} sent a part of ${asked.file} although the whole was asked for.`) };
  if (range === undefined || range.start !== asked.position) return { kind: 'discard' };
  if (isOtherSize(asked.totalBytes ?? asked.bytes, range.total)) return { kind: 'discard' };
  const { validator } = validatorOf(headers);
  if (asked.validator !== undefined && validator !== undefined && validator !== asked.validator) return { kind: 'discard' };
  return { kind: 'append', ...(range.total === undefined ? {} : { totalBytes: range.total }) };
}

/** A size that differs from the wanted one, as an error. */
export function otherSize({ host, file, bytes }: Pick<Asked, 'host' | 'file' | 'bytes'>, found: number | undefined): AdgenError {
  return provisionError('NET_HASH', `${file} has ${found ?? 'other'} bytes at ${host} instead of ${bytes}.`, { data: { host, bytes: found, wantedBytes: bytes } });
}

function refusal({ host, file }: Asked, { status, headers, nowMs }: Answer): AdgenError {
  const data = { host, status };
  if (status === 401 || status === 403) return provisionError('NET_DENIED', `${host} does not hand out ${file} (${status}): it wants its licence accepted, or a login.`, { data });
  if (status === 404 || status === 410) return provisionError('NET_GONE', `${file} is no longer at ${host} (${status}).`, { data });
  if (status === 407) return provisionError('NET_PROXY', `A proxy on the way to ${host} asks for a login.`, { data });
  const retryAfterMs = parseRetryAfter(headers['retry-after'], nowMs);
  const wait = retryAfterMs === undefined ? '' : ` and asks to wait ${Math.ceil(retryAfterMs / 1000)} s`;
  if ([408, 425, 429].includes(status) || status >= 500) return provisionError('NET_BUSY', `${host} is busy (${status})${wait}.`, { data: { ...data, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) } });
  return provisionError('NET_GONE', `${host} answered with status ${status} instead of ${file}.`, { data });
}

/** Seconds or a date; undefined when there is none that can be read. */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

/** What `If-Range` may name: a strong entity tag, else the date. */
function validatorOf(headers: IncomingHttpHeaders): { readonly validator?: string } {
  const { etag } = headers;
  const validator = etag !== undefined && !etag.startsWith('W/') ? etag : headers['last-modified'];
  return validator === undefined ? {} : { validator };
}

/** `bytes 5-9/10`, `bytes 5-9/*`, or `bytes * /10` (without the blank) of a 416. */
function rangeOf(headers: IncomingHttpHeaders): { readonly start?: number; readonly total?: number } | undefined {
  const match = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(headers['content-range']?.trim() ?? '');
  if (match === null) return undefined;
  return { ...(match[1] === undefined ? {} : { start: Number(match[1]) }), ...(match[2] === '*' ? {} : { total: Number(match[2]) }) };
}

const lengthOf = (value: string | undefined): number | undefined => (value !== undefined && /^\d+$/.test(value) ? Number(value) : undefined);
const isOtherSize = (wanted: number | undefined, found: number | undefined): boolean => wanted !== undefined && found !== undefined && wanted !== found;
