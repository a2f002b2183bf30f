/** https and proxies: real certificates and a real tunnel, all on this machine. */
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startConnectProxy } from './testing/connect-proxy.ts';
import type { ConnectProxy, ProxyRules } from './testing/connect-proxy.ts';
import { makeDownloadFolder, QUICK, sample } from './testing/download-folder.ts';
import type { DownloadFolder } from './testing/download-folder.ts';
import { startFaultServer } from './testing/fault-server.ts';
import type { FaultServer } from './testing/fault-server.ts';
import { selfSigned } from './testing/self-signed.ts';
import type { DownloadResult, Network } from './types.ts';

const { content, sha256 } = sample(500_000);
const good = selfSigned(['models.example', '127.0.0.1', '0.0.0.0']);

let folder: DownloadFolder;
let secure: FaultServer;
let proxy: ConnectProxy | undefined;
beforeEach(async () => {
  folder = await makeDownloadFolder();
  secure = await startFaultServer(good);
  secure.serve('/file', { bytes: content, etag: '"one"' });
});
afterEach(async () => {
  await proxy?.close();
  proxy = undefined;
  await secure.close();
  await folder.remove();
});

const get = (url: string, network: Network = {}): Promise<DownloadResult> => folder.get({ url, sha256, network: { ...QUICK, extraCaPem: good.cert, ...network } });
const refusal = (reason: string, message: RegExp): object => ({ data: { reason }, message: expect.stringMatching(message) as string });

/** A name that does not exist, through a proxy that knows where it is. */
async function throughProxy(rules: Partial<ProxyRules> = {}, login = '', more: Record<string, string> = {}): Promise<DownloadResult> {
  proxy = await startConnectProxy({ targetPort: secure.port, ...rules });
  return await get('https://models.example/file', { proxyEnv: { HTTPS_PROXY: `http://${login}127.0.0.1:${proxy.port}`, ...more } });
}

describe('https', () => {
  test('with a trusted certificate', async () => {
    secure.serve('/file', { bytes: content, etag: '"one"', cut: { afterBytes: 200_000, times: 1 } });
    expect(await get(secure.url('/file'))).toMatchObject({ sha256 });
    expect(secure.requests[1]?.headers.range).toBe('bytes=200000-');
    expect(await readFile(folder.at('file.bin'))).toEqual(content);
  });

  test('with a certificate that nobody knows', async () => {
    await expect(get(secure.url('/file'), { extraCaPem: '' })).rejects.toMatchObject(refusal('NET_TLS', /^The certificate of 127\.0\.0\.1:\d+ is not trusted \(.*\)\. Check the date of this machine/));
    expect(secure.requests).toEqual([]);
  });

  test.each([['has expired', selfSigned(['127.0.0.1'], Date.now() - 86_400_000)], ['is another server\'s', selfSigned(['other.example'])]])('with a certificate that %s', async (_, tls) => {
    const server = await startFaultServer(tls);
    server.serve('/file', { bytes: content });
    await expect(get(server.url('/file'), { extraCaPem: tls.cert })).rejects.toMatchObject(refusal('NET_TLS', /^The certificate of/));
    await server.close();
  });

  test('asked of a server that does not speak it', async () => {
    await expect(get(folder.server.url('/file').replace('http:', 'https:'))).rejects.toMatchObject(refusal('NET_TLS', /does not speak proper https/));
  });

  test('is not left for a redirect, not even on this machine', async () => {
    folder.server.serve('/file', { bytes: content });
    secure.serve('/file', { bytes: content, redirectTo: folder.server.url('/file') });
    await expect(get(secure.url('/file'))).rejects.toMatchObject(refusal('NET_REDIRECT', /without encryption, which is refused/));
    expect(folder.server.requests).toEqual([]);
  });
});

describe('a proxy', () => {
  test('is gone through', async () => {
    expect(await throughProxy()).toMatchObject({ sha256 });
    expect(proxy?.tunnels).toEqual(['models.example:443']);
  });

  test('gets the login that stands in its address', async () => {
    expect(await throughProxy({ login: 'ann:p@ss' }, 'ann:p%40ss@')).toMatchObject({ sha256 });
  });

  test('that wants a login which it does not get', async () => {
    await expect(throughProxy({ login: 'ann:p@ss' })).rejects.toMatchObject(refusal('NET_PROXY', /^The proxy 127\.0\.0\.1:\d+ asks for a login\. Correct HTTPS_PROXY/));
    expect(proxy?.tunnels).toHaveLength(1);
  });

  test('that lets nobody through', async () => {
    await expect(throughProxy({ refuse: 403 })).rejects.toMatchObject(refusal('NET_PROXY', /lets nobody through to models\.example \(403\)/));
  });

  test('that has no way there is asked again, then it is the network', async () => {
    await expect(throughProxy({ refuse: 502 })).rejects.toMatchObject(refusal('NET_OFFLINE', /cannot reach models\.example \(502\)/));
    expect(proxy?.tunnels).toHaveLength(QUICK.tries ?? 0);
  });

  test('that is not there', async () => {
    await folder.server.close();
    await expect(get('https://models.example/file', { proxyEnv: { HTTPS_PROXY: `http://127.0.0.1:${folder.server.port}` } })).rejects.toMatchObject(refusal('NET_PROXY', /^The proxy 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/));
  });

  test('is not asked for this machine', async () => {
    proxy = await startConnectProxy({ targetPort: secure.port });
    const proxyEnv = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    await get(secure.url('/file'), { proxyEnv });
    expect(proxy.tunnels).toEqual([]);
  });

  // There, 0.0.0.0 leads to this machine without being a loopback address.
  test.skipIf(process.platform === 'win32')('is not asked for what NO_PROXY names', async () => {
    proxy = await startConnectProxy({ targetPort: secure.port });
    const url = `https://0.0.0.0:${secure.port}/file`;
    const proxyEnv = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
    await get(url, { proxyEnv: { ...proxyEnv, NO_PROXY: 'intern.example,0.0.0.0' } });
    expect(proxy.tunnels).toEqual([]);
    await folder.get({ url, destination: folder.at('second.bin'), network: { ...QUICK, extraCaPem: good.cert, proxyEnv } });
    expect(proxy.tunnels).toEqual([`0.0.0.0:${secure.port}`]);
  });
});
