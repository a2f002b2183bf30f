import { describe, expect, test } from 'vitest';
import { judgeResponse, parseRetryAfter } from './judge-response.ts';
import type { Answer, Asked, Judgement } from './judge-response.ts';

const asked: Asked = { host: 'models.example', file: 'x.safetensors', position: 0, isPageExpected: false };
const half: Asked = { ...asked, position: 50, validator: '"a"', totalBytes: 100 };
const nowMs = Date.parse('2026-01-01T00:00:00Z');

test.each<[string, Asked, number, Answer['headers'], Judgement]>([
  ['the whole file', asked, 200, { 'content-length': '100', etag: '"a"' }, { kind: 'anew', totalBytes: 100, validator: '"a"' }],
  ['the whole file of unknown length', asked, 200, {}, { kind: 'anew' }],
  ['a weak tag says nothing, its date does', asked, 200, { etag: 'W/"a"', 'last-modified': 'Mon' }, { kind: 'anew', validator: 'Mon' }],
  ['the whole although the rest was asked for', half, 200, { 'content-length': '100', etag: '"b"' }, { kind: 'anew', totalBytes: 100, validator: '"b"' }],
  ['the rest', half, 206, { 'content-range': 'bytes 50-99/100', etag: '"a"' }, { kind: 'append', totalBytes: 100 }],
  ['the rest, of a size that is not told', half, 206, { 'content-range': 'bytes 50-99/*' }, { kind: 'append' }],
  ['the rest of another file', half, 206, { 'content-range': 'bytes 50-99/100', etag: '"b"' }, { kind: 'discard' }],
  ['the rest of a longer file', half, 206, { 'content-range': 'bytes 50-100/101' }, { kind: 'discard' }],
  ['a part from elsewhere', half, 206, { 'content-range': 'bytes 0-99/100' }, { kind: 'discard' }],
  ['a part without saying which', half, 206, {}, { kind: 'discard' }],
  ['no more, as it should be', { ...half, position: 100 }, 416, { 'content-range': 'bytes */100' }, { kind: 'complete' }],
  ['no more, but there should be', half, 416, { 'content-range': 'bytes */20' }, { kind: 'discard' }],
  ['no more, without saying how much there is', half, 416, {}, { kind: 'discard' }],
])('%s', (_, question, status, headers, judgement) => {
  expect(judgeResponse(question, { status, headers, nowMs })).toEqual(judgement);
});

test.each<[string, Asked, number, Answer['headers'], string]>([
  ['a part although the whole was asked for', asked, 206, { 'content-range': 'bytes 0-99/100' }, 'NET_CUT'],
  ['a file of another size', { ...asked, bytes: 99 }, 200, { 'content-length': '100' }, 'NET_HASH'],
  ['a web page', asked, 200, { 'content-type': 'Text/HTML' }, 'NET_PORTAL'],
  ['416 although nothing is here', asked, 416, {}, 'NET_GONE'],
  ['a server error', half, 502, {}, 'NET_BUSY'],
  ['a request that took too long', half, 408, {}, 'NET_BUSY'],
])('%s is an error', (_, question, status, headers, reason) => {
  expect(judgeResponse(question, { status, headers, nowMs })).toMatchObject({ kind: 'fail', error: { data: { reason } } });
});

describe('Retry-After', () => {
  test.each([
    ['120', 120_000], [' 3 ', 3000], ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000], ['Wed, 31 Dec 2025 00:00:00 GMT', 0], ['soon', undefined], [undefined, undefined], ['9'.repeat(30), undefined],
  ])('%s', (value, ms) => {
    expect(parseRetryAfter(value, nowMs)).toBe(ms);
  });
});
