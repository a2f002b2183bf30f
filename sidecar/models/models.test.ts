/** Models listed, downloaded, verified and imported: real files, a server on loopback in place of the hub. */
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startFaultServer } from '#sidecar/provision/download/testing/fault-server.ts';
import type { FaultServer } from '#sidecar/provision/download/testing/fault-server.ts';
import type { CatalogueModel } from './catalogue.ts';
import { importModels } from './import-models.ts';
import type { ImportRequest } from './import-models.ts';
import { listModels } from './list-models.ts';
import { ownPathOf } from './model-files.ts';
import type { PullProgress } from './pull-progress.ts';
import { pullModels } from './pull-models.ts';
import type { PullRequest } from './pull-models.ts';
import { modelOf, safetensors } from './testing/small-models.ts';
import { verifyModels } from './verify-models.ts';

const contents = { one: safetensors(50_000), two: safetensors(60_000), three: safetensors(70_000) };
const one = modelOf('one', contents.one);
const two = modelOf('two', contents.two, { folder: 'diffusion_models' });
/** Neither its size nor its hash is known exactly. */
const three = modelOf('three', contents.three, { sha256: null, sha256Source: null, isSizeExact: false, bytes: 70_000 });
const limited = modelOf('limited', contents.one, { file: 'limited.safetensors', adverts: 'ask', conditions: 'Not for companies above 10 M revenue.', excludedRegions: ['EU', 'KR'] });
const byHand = modelOf('by-hand', contents.one, { file: 'by-hand.safetensors', url: null });
const catalogue: readonly CatalogueModel[] = [one, two, three, limited, byHand];

let root: string;
let server: FaultServer;
const at = (...names: string[]): string => join(root, ...names);
const places = () => ({ modelsDir: at('models'), partsDir: at('parts'), catalogue });
const signal = new AbortController().signal;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'models '));
  server = await startFaultServer();
  for (const [id, bytes] of Object.entries(contents)) server.serve(`/${id}/${id}.safetensors`, { bytes, etag: `"${id}"` });
  server.serve('/limited/limited.safetensors', { bytes: contents.one });
});
afterEach(async () => {
  await server.close();
  await rm(root, { recursive: true, force: true });
});

const pull = (ids: readonly string[], change: Partial<PullRequest> = {}) => pullModels({ ...places(), ids, reserveBytes: 0, hub: { url: `http://127.0.0.1:${server.port}/` }, network: { proxyEnv: {}, tries: 2, retryFirstMs: 1 }, signal, ...change });
const states = async (change = {}): Promise<Record<string, string>> => Object.fromEntries((await listModels({ ...places(), ...change })).map(({ model, state }) => [model.id, state]));
async function put(path: string, bytes: Buffer): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  return path;
}

describe('the list', () => {
  test('tells apart what is missing, begun, damaged and here', async () => {
    await put(at('models', 'vae', 'one.safetensors'), contents.one);
    await put(at('models', 'diffusion_models', 'two.safetensors'), contents.two.subarray(0, 1000));
    await put(at('models', 'vae', 'three.safetensors'), contents.three.subarray(0, 1000));
    await put(at('parts', `${limited.sha256}.part`), Buffer.alloc(777));
    const list = await listModels(places());
    expect(list.map(({ model: { id }, state, bytes }) => [id, state, bytes])).toEqual([['one', 'present', contents.one.length], ['two', 'damaged', 1000], ['three', 'damaged', 1000], ['limited', 'partial', 777], ['by-hand', 'missing', 0]]);
    expect(list[1]?.problem).toBe(`${at('models', 'diffusion_models', 'two.safetensors')} has 1000 bytes instead of ${contents.two.length}. Get the file again.`);
    expect(list[2]?.problem).toContain('are missing at its end. Get the file again.');
  });

  test('finds models in the folders of other installations, also by their older names', async () => {
    await put(at('other', 'unet', 'two.safetensors'), contents.two);
    const [status] = await listModels({ ...places(), extraDirs: [at('other')], workflows: ['two-workflow'] });
    expect(status).toMatchObject({ state: 'present', path: at('other', 'unet', 'two.safetensors'), isElsewhere: true });
  });

  test('a whole one elsewhere counts more than a damaged one here', async () => {
    await put(at('models', 'vae', 'one.safetensors'), contents.one.subarray(0, 5));
    expect(await states()).toMatchObject({ one: 'damaged' });
    await put(at('other', 'vae', 'one.safetensors'), contents.one);
    expect(await states({ extraDirs: [at('other')] })).toMatchObject({ one: 'present' });
  });
});

describe('pull', () => {
  test('brings what is missing, tells the progress of each and all, and does nothing twice', async () => {
    const told: PullProgress[] = [];
    expect(await pull(['one', 'three', 'two', 'one'], { onProgress: (progress) => void told.push(progress) })).toMatchObject([{ id: 'one', outcome: 'downloaded' }, { id: 'three', outcome: 'downloaded' }, { id: 'two', outcome: 'downloaded' }]);
    expect(await readFile(ownPathOf(two, at('models')))).toEqual(contents.two);
    const total = contents.one.length + contents.two.length + contents.three.length;
    expect(told.at(-1)).toMatchObject({ receivedBytes: total, totalBytes: total });
    expect(told.at(-1)?.files.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
    expect(await states()).toMatchObject({ one: 'present', two: 'present', three: 'present' });
    expect(await readdir(at('parts'))).toEqual([]);
    const asked = server.requests.length;
    expect(await pull(['one', 'two'])).toMatchObject([{ outcome: 'present' }, { outcome: 'present' }]);
    expect(server.requests).toHaveLength(asked);
  });

  test('replaces a damaged file', async () => {
    await put(ownPathOf(three, at('models')), contents.three.subarray(0, 500));
    await pull(['three']);
    expect(await readFile(ownPathOf(three, at('models')))).toEqual(contents.three);
  });

  test('asks for consent before anything else, with the conditions', async () => {
    const error: unknown = await pull(['one', 'limited']).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'BAD_INPUT', data: { reason: 'MODEL_CONSENT', ids: ['limited'] } });
    expect((error as Error).message).toBe('Model limited (limited) has a limited licence, MIT: Not for companies above 10 M revenue. Its licence does not hold in EU, KR. Read the licence and accept it if you agree.');
    expect(server.requests).toEqual([]);
    expect(await pull(['limited'], { agreeTo: ['limited'] })).toMatchObject([{ outcome: 'downloaded' }]);
  });

  test.each<[string, string, string]>([
    ['nonsense', 'NOT_FOUND', 'There is no model "nonsense". See the list of models for what there is.'],
    ['by-hand', 'PROVIDER_UNAVAILABLE', 'This program does not download Model by-hand (by-hand.safetensors, for the folder vae, licence MIT). Get the file from its publisher, then import it.'],
  ])('%s cannot be had', async (id, code, message) => {
    await expect(pull([id])).rejects.toMatchObject({ code, message });
  });

  test('space is asked for all of them together, before the first byte', async () => {
    await expect(pull(['one', 'two'], { reserveBytes: 1e18 })).rejects.toMatchObject({ code: 'DISK_FULL', message: expect.stringContaining(`are needed for ${at('models')}`) as string });
    expect(server.requests).toEqual([]);
    expect(existsSync(at('models'))).toBe(false);
  });

  test('one that fails does not keep the others from coming', async () => {
    server.serve('/one/one.safetensors', { bytes: contents.one, refuse: { status: 403 } });
    await expect(pull(['one', 'two', 'three'])).rejects.toMatchObject({ code: 'PROVIDER_REJECTED', data: { reason: 'NET_DENIED', failed: ['one'] } });
    expect(await states()).toMatchObject({ one: 'missing', two: 'present', three: 'present' });
  });

  test('what is no safetensors file does not appear, even where its hash is not known', async () => {
    server.serve('/three/three.safetensors', { bytes: Buffer.alloc(70_000, 1) });
    await expect(pull(['three'])).rejects.toMatchObject({ code: 'BAD_INPUT', data: { reason: 'MODEL_BROKEN' } });
    expect(await readdir(at('models', 'vae'))).toEqual([]);
  });

  test('the token goes to the hub, and nowhere else', async () => {
    const elsewhere = await startFaultServer();
    elsewhere.serve('/blob', { bytes: contents.one });
    server.serve('/one/one.safetensors', { bytes: contents.one, redirectTo: elsewhere.url('/blob') });
    await pull(['one'], { hub: { url: `http://127.0.0.1:${server.port}`, token: 'secret' } });
    expect(server.requests[0]?.headers.authorization).toBe('Bearer secret');
    expect(elsewhere.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    await elsewhere.close();
  });

  test('canceled: nothing is begun any more, and the next one goes on', async () => {
    const file = server.serve('/one/one.safetensors', { bytes: contents.one, etag: '"one"', stall: { afterBytes: 20_000 } });
    const controller = new AbortController();
    await expect(pull(['one', 'two', 'three'], { signal: controller.signal, onProgress: ({ files }) => { if ((files[0]?.receivedBytes ?? 0) > 0) controller.abort(); } })).rejects.toMatchObject({ name: 'AbortError' });
    expect(await states()).toMatchObject({ one: 'partial' });
    file.stall = undefined;
    await pull(['one', 'two', 'three']);
    expect(server.requests.filter(({ path }) => path === '/one/one.safetensors').at(-1)?.headers.range).toMatch(/^bytes=\d+-$/);
    expect(await states()).toMatchObject({ one: 'present', two: 'present', three: 'present' });
  });

  test.skipIf(process.platform === 'win32')('a models folder that is a file or may not be written to is named', async () => {
    await writeFile(at('models'), '');
    await expect(pull(['one'])).rejects.toMatchObject({ code: 'BAD_INPUT', data: { reason: 'DISK_PATH' } });
    if (process.getuid?.() === 0) return; // root may write everywhere
    await mkdir(at('locked'));
    await chmod(at('locked'), 0o500);
    await expect(pull(['one'], { modelsDir: at('locked', 'models') })).rejects.toMatchObject({ code: 'READ_ONLY' });
  });
});

describe('verify', () => {
  const verify = (ids?: readonly string[], extraDirs: readonly string[] = []) => verifyModels({ ...places(), ids, extraDirs, signal });
  const outcomes = async (ids?: readonly string[]): Promise<[string, string][]> => (await verify(ids)).map(({ id, outcome }) => [id, outcome]);

  test('compares with the publisher\'s hash, or with the one at the download', async () => {
    await pull(['one', 'three']);
    expect(await outcomes()).toEqual([['one', 'ok'], ['three', 'ok']]);
    for (const [model, content] of [[one, contents.one], [three, contents.three]] as const) {
      const damaged = Buffer.from(content);
      damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
      await writeFile(ownPathOf(model, at('models')), damaged);
    }
    const results = await verify();
    expect(results.map(({ outcome }) => outcome)).toEqual(['damaged', 'damaged']);
    expect(results[0]?.problem).toContain('its SHA-256 is not that of its publisher. Remove it and get it again.');
    expect(results[1]?.problem).toContain('is not the one that it had when it came here.');
  });

  test('what came from elsewhere without a known hash is recorded, and compared from then on', async () => {
    await put(at('other', 'vae', 'three.safetensors'), contents.three);
    expect(await verify(undefined, [at('other')])).toMatchObject([{ id: 'three', outcome: 'recorded' }]);
    expect(await verify(undefined, [at('other')])).toMatchObject([{ id: 'three', outcome: 'ok' }]);
    expect(await readdir(at('other', 'vae'))).toEqual(['three.safetensors']);
  });

  test('names what is truncated, and what is missing if it was asked for', async () => {
    await put(ownPathOf(one, at('models')), contents.one.subarray(0, 100));
    expect(await outcomes()).toEqual([['one', 'damaged']]);
    expect(await outcomes(['one', 'two'])).toEqual([['one', 'damaged'], ['two', 'missing']]);
    await expect(verify(['nonsense'])).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a damaged ledger costs its hashes and nothing else', async () => {
    await pull(['three']);
    await writeFile(at('models', '.adgen-models.json'), '{"version":1,"files":');
    expect(await outcomes()).toEqual([['three', 'recorded']]);
    expect(await outcomes()).toEqual([['three', 'ok']]);
  });
});

describe('import', () => {
  const take = (mode: ImportRequest['mode'], change: Partial<ImportRequest> = {}) => importModels({ from: at('theirs'), modelsDir: at('models'), mode, catalogue, reserveBytes: 0, signal, ...change });

  test('takes what it knows by name, by folder and by hash; the rest is told and left', async () => {
    await put(at('theirs', 'vae', 'one.safetensors'), contents.one);
    await put(at('theirs', 'deep', 'er', 'renamed by somebody.safetensors'), contents.two);
    await put(at('theirs', 'three.safetensors'), contents.three);
    const stranger = await put(at('theirs', 'stranger.safetensors'), safetensors(10));
    await put(at('theirs', 'notes.txt'), Buffer.from('x'));
    const { models, unknown } = await take('copy');
    expect(models.map(({ id, outcome }) => [id, outcome]).sort()).toEqual([['one', 'copied'], ['three', 'copied'], ['two', 'copied']]);
    expect(unknown).toEqual([stranger]);
    expect(await states()).toMatchObject({ one: 'present', two: 'present', three: 'present' });
    expect(await readFile(ownPathOf(two, at('models')))).toEqual(contents.two);
    expect(await readFile(at('theirs', 'deep', 'er', 'renamed by somebody.safetensors'))).toEqual(contents.two);
    expect((await verifyModels({ ...places(), signal })).map(({ outcome }) => outcome)).toEqual(['ok', 'ok', 'ok']);
    expect((await take('copy')).models.map(({ outcome }) => outcome)).toEqual(['present', 'present', 'present']);
  });

  test('refuses what is truncated, no safetensors file or another version, and says why', async () => {
    await put(at('theirs', 'one.safetensors'), contents.one.subarray(0, 40_000));
    await put(at('theirs', 'three.safetensors'), Buffer.from('<html>not found</html>'));
    await put(at('theirs', 'two.safetensors'), safetensors(60_000));
    const { models } = await take('copy');
    expect(Object.fromEntries(models.map(({ id, outcome, problem }) => [id, [outcome, problem]]))).toEqual({
      one: ['refused', expect.stringContaining(`has 40000 bytes instead of ${contents.one.length}. Get the file again.`)],
      three: ['refused', expect.stringContaining('is no whole safetensors file: it does not begin like one. Get the file again.')],
      two: ['refused', expect.stringContaining('is damaged or not Model two as published: its SHA-256 is another one.')],
    });
    expect((await readdir(at('models'), { recursive: true })).filter((name) => name.includes('safetensors'))).toEqual([]);
  });

  test('links share the source\'s bytes and leave it alone', async () => {
    const source = await put(at('theirs', 'one.safetensors'), contents.one);
    await put(ownPathOf(one, at('models')), contents.one.subarray(0, 10));
    expect((await take('link')).models).toMatchObject([{ id: 'one', outcome: 'linked' }]);
    expect((await stat(ownPathOf(one, at('models')))).ino).toBe((await stat(source)).ino);
    expect(await readdir(dirname(ownPathOf(one, at('models'))))).toEqual(['one.safetensors']);
  });

  test.skipIf(process.platform === 'win32')('links to files are followed, as in the cache of Hugging Face, and circles are not', async () => {
    const blob = await put(at('blobs', '0123'), contents.one);
    await mkdir(at('theirs', 'snapshots'), { recursive: true });
    await symlink(blob, at('theirs', 'snapshots', 'one.safetensors'));
    await symlink(at('theirs'), at('theirs', 'snapshots', 'again'));
    await symlink(at('nowhere'), at('theirs', 'two.safetensors'));
    expect((await take('copy')).models).toMatchObject([{ id: 'one', outcome: 'copied' }]);
  });

  test('a folder that is none, too little space, and canceling', async () => {
    await expect(take('copy')).rejects.toMatchObject({ code: 'BAD_INPUT', message: expect.stringContaining('is no folder that can be read (ENOENT)') as string });
    await put(at('theirs', 'one.safetensors'), contents.one);
    await expect(take('copy', { reserveBytes: 1e18 })).rejects.toMatchObject({ code: 'DISK_FULL' });
    const controller = new AbortController();
    await expect(take('copy', { signal: controller.signal, onProgress: () => controller.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readdir(at('models', 'vae'))).toEqual([]);
    expect(existsSync(at('theirs', 'one.safetensors'))).toBe(true);
  });
});
