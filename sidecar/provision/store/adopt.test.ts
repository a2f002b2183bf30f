import { mkdir, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { AdgenError } from '#core/contract/errors.ts';
import { startFakeServer } from '#sidecar/fake/server.ts';
import { findPython } from '#sidecar/supervisor/testing/fixture-engine.ts';
import { selfSigned } from '../download/testing/self-signed.ts';
import { createEngineStore } from '../engine-store.ts';
import type { EngineStore, Hardware } from '../types.ts';
import { serverAddress } from './adopt-url.ts';
import { walk } from './file-list.ts';

const python = findPython();
const machine: Hardware = { platform: 'linux-x64', gpus: [], ramBytes: 8e9, notes: [] };
let root: string;
let store: EngineStore;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'adgen adopt 广告-')));
  store = createEngineStore({ folder: join(root, 'engine'), modelsDir: join(root, 'models') });
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe.runIf(python !== undefined && process.platform !== 'win32')('somebody\'s own folder', () => {
  const comfy = (): string => join(root, 'My ComfyUI');
  beforeEach(async () => {
    await mkdir(join(comfy(), '.venv', 'bin'), { recursive: true });
    await mkdir(join(comfy(), 'models', 'clip'), { recursive: true });
    await symlink(python ?? '', join(comfy(), '.venv', 'bin', 'python'));
    await writeFile(join(comfy(), 'comfyui_version.py'), '__version__ = "0.3.64"\n');
    await writeFile(join(comfy(), 'options.py'), 'import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument("--listen")\nparser.add_argument("--cpu")\n');
    await writeFile(join(comfy(), 'main.py'), 'import options\noptions.parser.parse_args()\n');
    await writeFile(join(comfy(), 'extra_model_paths.yaml'), 'mine:\n  vae: /elsewhere\n');
  });
  const snapshot = async (): Promise<unknown> => Promise.all((await walk(comfy(), ['.'], { hasBytecode: true })).map(async (found) => ({ ...found, changedMs: (await stat(join(comfy(), found.path))).mtimeMs })));

  test('is used as it is: started with our folders, its models found, nothing in it written', async () => {
    const before = await snapshot();
    const current = { kind: 'adopted', folder: comfy(), pythonPath: join(comfy(), '.venv', 'bin', 'python') } as const;
    expect(await store.adoptFolder(comfy())).toEqual(current);
    const spec = await store.spec();
    expect(spec).toMatchObject({
      engineId: expect.stringMatching(/^adopted-[0-9a-f]{12}$/), pythonPath: current.pythonPath, mainPath: join(comfy(), 'main.py'), baseDir: join(root, 'engine', 'work'),
      knownFlags: new Set(['--cpu', '--help', '--listen']), bytecodeDir: join(root, 'engine', 'adopted', 'bytecode'),
    });
    const [own, theirs, ...others] = await Promise.all((spec?.modelPathFiles ?? []).map((path) => readFile(path, 'utf8')));
    expect(own).toContain(JSON.stringify(join(root, 'models', 'vae')));
    expect(theirs).toContain(JSON.stringify([join(comfy(), 'models', 'text_encoders'), join(comfy(), 'models', 'clip')].join('\n')));
    expect(others).toEqual([]); // its own extra_model_paths.yaml is read by its main.py
    expect(await store.status()).toMatchObject({ current, engines: [], problems: [] });
    expect(await snapshot()).toEqual(before);
  });

  test.each<[string, () => Promise<Hardware>, string[]]>([
    ['no GPU', async () => machine, ['--cpu']],
    ['a GPU of whatever kind', async () => ({ ...machine, gpus: [{ vendor: 'intel', name: 'UHD' }] }), []],
    ['a system that we do not know', async () => { throw new AdgenError('BAD_INPUT', 'Nothing of ours runs here.'); }, []],
  ])('is told to use the processor only where nothing else is: %s', async (_what, look, deviceFlags) => {
    const here = createEngineStore({ folder: join(root, 'engine'), modelsDir: join(root, 'models'), source: { look } });
    await here.adoptFolder(comfy());
    expect((await here.spec())?.deviceFlags).toEqual(deviceFlags);
  });

  test('is asked for its options once per version', async () => {
    await store.adoptFolder(comfy());
    await writeFile(join(comfy(), 'main.py'), 'raise SystemExit("not asked again")\n');
    expect((await store.spec())?.knownFlags).toContain('--cpu');
    await writeFile(join(comfy(), 'comfyui_version.py'), '__version__ = "0.28.1"\n');
    await expect(store.spec()).rejects.toMatchObject({ data: { reason: 'ENV_BROKEN' }, message: expect.stringContaining('not asked again') });
  });

  test('that is gone or too old by now is a problem in one sentence, and goes back', async () => {
    await store.use({ kind: 'external', url: 'http://127.0.0.1:8188/' });
    await store.adoptFolder(comfy());
    await writeFile(join(comfy(), 'comfyui_version.py'), '__version__ = "0.3.40"\n');
    expect((await store.status()).problems).toEqual([expect.stringMatching(/0\.3\.40.*too old/)]);
    await rm(comfy(), { recursive: true });
    expect((await store.status()).problems).toEqual([expect.stringMatching(/is no folder/)]);
    expect(await store.goBack()).toEqual({ kind: 'external', url: 'http://127.0.0.1:8188' });
    expect(await store.spec()).toBeUndefined();
  });

  test('whose Python cannot run it is refused and not chosen', async () => {
    await writeFile(join(comfy(), 'main.py'), 'import torch_that_is_missing\n');
    await expect(store.adoptFolder(comfy())).rejects.toMatchObject({ data: { reason: 'ENV_BROKEN' }, message: expect.stringContaining('torch_that_is_missing') });
    expect((await store.status()).current).toBeUndefined();
  });
});

async function serve(listener: RequestListener, isTls = false): Promise<string> {
  const server = isTls ? createTlsServer({ ...selfSigned(['127.0.0.1']) }, listener) : createServer(listener);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `${isTls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('somebody\'s server', () => {
  test('is used by its address, and never started or stopped', async () => {
    const server = await startFakeServer({ folder: join(root, 'server') });
    onTestFinished(() => server.close());
    expect(await store.adoptUrl(`${server.url}/`)).toEqual({ kind: 'external', url: server.url });
    expect(await store.spec()).toBeUndefined();
  });

  test('that is too old is refused', async () => {
    const server = await startFakeServer({ folder: join(root, 'server'), version: '0.3.40' });
    onTestFinished(() => server.close());
    await expect(store.adoptUrl(server.url)).rejects.toMatchObject({ message: expect.stringMatching(/0\.3\.40 at http.* is too old.*Update/) });
  });

  test.each<[string, () => Promise<string>, string, RegExp]>([
    ['another service', () => serve((_, response) => void response.end('<html>hello</html>')), 'BAD_INPUT', /is not ComfyUI/],
    ['a certificate that nobody trusts', () => serve((_, response) => void response.end('{}'), true), 'PROVIDER_UNAVAILABLE', /certificate of https.* is not trusted/],
    ['nobody', async () => 'http://127.0.0.1:9', 'PROVIDER_UNAVAILABLE', /cannot be reached/],
    ['no address', async () => 'localhost:8188', 'BAD_INPUT', /is not the address of a server.*http:\/\/127\.0\.0\.1:8188/],
    ['a file', async () => 'file:///etc/passwd', 'BAD_INPUT', /is not the address of a server/],
  ])('is refused: %s', async (_, address, code, sentence) => {
    await expect(store.adoptUrl(await address())).rejects.toMatchObject({ code, message: expect.stringMatching(sentence) });
    expect((await store.status()).current).toBeUndefined();
  });
});

test.each([
  ['http://127.0.0.1:8188', 'http://127.0.0.1:8188'], [' http://HOST:8188/ ', 'http://host:8188'], ['https://example.org/comfy/', 'https://example.org/comfy'],
])('the address %j is %s', (text, address) => {
  expect(serverAddress(text)).toBe(address);
});

test.each(['', 'comfy', 'http://', 'ftp://host', 'http://user:secret@host', 'http://host/?a=1', 'http://host/#x'])('%j is no address', (text) => {
  expect(() => serverAddress(text)).toThrow(/is not the address of a server/);
});
