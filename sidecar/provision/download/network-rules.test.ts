/** Small decisions, one table each: which proxy, whose fault, when again, how fast. */
import { describe, expect, test } from 'vitest';
import { provisionError } from '../failures.ts';
import type { ProvisionReason } from '../failures.ts';
import { toNetworkError } from './network-errors.ts';
import { isLoopback, proxyHost, proxySettings } from './proxy.ts';
import { createRateMeter } from './rate.ts';
import { pauseBeforeRetry } from './retry.ts';

describe('the proxy', () => {
  test.each([
    [{}, undefined],
    [{ HTTPS_PROXY: '' }, undefined],
    [{ HTTPS_PROXY: 'http://proxy.example:3128' }, { https_proxy: 'http://proxy.example:3128/' }],
    [{ HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:2' }, { https_proxy: 'http://lower:2/' }],
    [{ https_proxy: 'proxy.example:3128' }, { https_proxy: 'http://proxy.example:3128/' }],
    [{ ALL_PROXY: 'http://all:1', NO_PROXY: 'intern.example' }, { https_proxy: 'http://all:1/', no_proxy: 'intern.example' }],
    [{ HTTP_PROXY: 'http://plain:1' }, undefined],
  ])('%j', (env, settings) => {
    expect(proxySettings(env)).toEqual(settings);
  });

  test.each(['socks5://proxy:1080', 'http://', '::'])('"%s" is refused instead of gone past', (written) => {
    expect(() => proxySettings({ HTTPS_PROXY: written })).toThrow(/Correct HTTPS_PROXY/);
  });

  test('its login is in no sentence', () => {
    expect(proxyHost(proxySettings({ HTTPS_PROXY: 'http://user:secret@proxy.example:3128' }))).toBe('proxy.example:3128');
  });

  test.each([['http://127.0.0.1:1/', true], ['http://127.8.8.8/', true], ['http://localhost/', true], ['http://[::1]:5/', true], ['http://localhost.example/', false], ['http://192.168.0.1/', false], ['http://127.evil.example/', false]])('%s is this machine: %s', (url, is) => {
    expect(isLoopback(new URL(url))).toBe(is);
  });
});

describe('whose fault', () => {
  const route = { host: 'models.example' };
  const proxied = { ...route, proxy: 'proxy.example:3128' };
  test.each<[object, { host: string; proxy?: string }, ProvisionReason, RegExp]>([
    [{ code: 'ENOTFOUND', hostname: 'models.example' }, route, 'NET_OFFLINE', /^models\.example cannot be found or reached \(ENOTFOUND\)\. Check the network/],
    [{ code: 'EAI_AGAIN' }, route, 'NET_OFFLINE', /EAI_AGAIN/],
    [{ code: 'ECONNREFUSED' }, route, 'NET_OFFLINE', /^models\.example refuses connections/],
    [{ code: 'ETIMEDOUT' }, route, 'NET_STALL', /^models\.example does not answer/],
    [{ code: 'CERT_HAS_EXPIRED' }, route, 'NET_TLS', /^The certificate of models\.example is not trusted \(CERT_HAS_EXPIRED\)\. Check the date/],
    [{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, route, 'NET_TLS', /is not trusted/],
    [{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, route, 'NET_TLS', /is not trusted/],
    [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, route, 'NET_TLS', /is not trusted/],
    [{ code: 'EPROTO' }, route, 'NET_TLS', /does not speak proper https/],
    [{ code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, route, 'NET_TLS', /does not speak proper https/],
    [{ code: 'ECONNRESET' }, route, 'NET_CUT', /was cut \(ECONNRESET\)/],
    [{ code: 'HPE_INVALID_CONSTANT' }, route, 'NET_CUT', /was cut/],
    [{ code: 'ENOTFOUND', hostname: 'proxy.example' }, proxied, 'NET_PROXY', /^The proxy proxy\.example:3128 cannot be reached \(ENOTFOUND\)\. Correct HTTPS_PROXY/],
    [{ code: 'ECONNREFUSED', address: '10.0.0.1', port: 3128 }, { ...route, proxy: '10.0.0.1:3128' }, 'NET_PROXY', /^The proxy 10\.0\.0\.1:3128 cannot be reached/],
    [{ code: 'ECONNREFUSED', address: '10.0.0.1', port: 443 }, { ...route, proxy: '10.0.0.1:3128' }, 'NET_OFFLINE', /^models\.example refuses/],
    [{ code: 'ERR_PROXY_TUNNEL', statusCode: 407 }, proxied, 'NET_PROXY', /^The proxy proxy\.example:3128 asks for a login/],
    [{ code: 'ERR_PROXY_TUNNEL', statusCode: 403 }, proxied, 'NET_PROXY', /lets nobody through to models\.example \(403\)/],
    [{ code: 'ERR_PROXY_TUNNEL', statusCode: 502 }, proxied, 'NET_OFFLINE', /cannot reach models\.example \(502\)/],
  ])('%j', (failure, way, reason, message) => {
    const error = toNetworkError(Object.assign(new Error('?'), failure), way);
    expect(error).toMatchObject({ data: { reason }, message: expect.stringMatching(message) as string });
  });

  test('what is no error of a network comes back as it is', () => {
    const error = Object.assign(new Error('?'), { code: 'ENOSPC' });
    expect(toNetworkError(error, route)).toBe(error);
  });
});

describe('when again', () => {
  const cut = provisionError('NET_CUT', 'x.');
  const rules = { tries: 5, retryFirstMs: 1000 };
  test.each([
    ['after new bytes: soon, whatever came before', cut, 0, 1000],
    ['after the first failure', cut, 1, 1000],
    ['later and later', cut, 4, 8000],
    ['not after the last', cut, 5, undefined],
    ['not when it cannot help', provisionError('NET_DENIED', 'x.'), 1, undefined],
    ['not for a bug', new TypeError('x'), 1, undefined],
    ['as the server says', provisionError('NET_BUSY', 'x.', { data: { retryAfterMs: 7000 } }), 1, 7000],
    ['but not at once', provisionError('NET_BUSY', 'x.', { data: { retryAfterMs: 0 } }), 1, 1000],
    ['nor for ever', provisionError('NET_BUSY', 'x.', { data: { retryAfterMs: 121_000 } }), 1, undefined],
  ])('%s', (_, error, failures, pauseMs) => {
    expect(pauseBeforeRetry(error, failures, rules)).toBe(pauseMs);
  });

  test('never more than half a minute', () => {
    expect(pauseBeforeRetry(cut, 20, { ...rules, tries: 100 })).toBe(30_000);
  });
});

test('the rate is that of the last five seconds', () => {
  const meter = createRateMeter(0);
  for (let ms = 100; ms <= 1000; ms += 100) meter.add(1_000_000, ms);
  expect(meter.bytesPerSecond(1000)).toBe(10_000_000);
  for (let ms = 1010; ms <= 10_000; ms += 10) meter.add(10_000, ms);
  expect(meter.bytesPerSecond(10_000)).toBeCloseTo(1_000_000, -5);
  expect(meter.bytesPerSecond(15_200)).toBe(0);
});
