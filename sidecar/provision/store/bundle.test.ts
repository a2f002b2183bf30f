import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCatalogue } from '#sidecar/models/catalogue.ts';
import { createEngineStore } from '../engine-store.ts';
import type { EngineStore, InstalledEngine } from '../types.ts';
import { verifyEngine } from '../verify-engine.ts';
import { innerTarget, isInnerLink, withHome } from './bundle-format.ts';
import type { BundleContent } from './bundle-format.ts';
import type { InstallConfig } from './fixtures/install.ts';
import { newOperation } from './install.ts';
import { writeOperation } from './operation-journal.ts';
import { openZip } from './read-zip.ts';
import { python, serveSmallEngine, zipOf } from './testing/small-engine.ts';
import type { SmallEngine } from './testing/small-engine.ts';

test.each([
  ['base/bin/python3', 'python3.12', 'python3.12'],
  ['python/bin/python3', '/e/base/cpython/bin/python3', '../../base/cpython/bin/python3'],
  ['python/bin/python3', '/usr/bin/python3', undefined],
  ['python/bin/python3', '../../../other', undefined],
  ['python/x', '/e', undefined],
])('the link %s to %s is %s in a bundle', (path, target, inner) => {
  expect(innerTarget({ path, target }, '/e')).toBe(inner);
});

test.each([['python/bin/a', 'b', true], ['python/bin/a', '../../base/b', true], ['python/bin/a', '../../../b', false], ['python/bin/a', '/etc/passwd', false], ['python/a', 'C:/x', false], ['python/a', '..\\..\\x', false], ['python/a', '..', false]])('a link %s to %s stays inside: %s', (path, target, isInside) => {
  expect(isInnerLink({ path, target })).toBe(isInside);
});

test('an environment gets another home, whatever is in its name', () => {
  expect(withHome('home = /a/b\nuv = 0.1\nprompt = home = x\n', '/neu ü/$1/$&')).toBe('home = /neu ü/$1/$&\nuv = 0.1\nprompt = home = x\n');
});

/** Linux can take the network away from a process altogether; elsewhere the test shows that nothing is asked. */
function canUnshare(): boolean {
  try {
    execFileSync('unshare', ['-n', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const PROGRAM = join(import.meta.dirname, 'fixtures', 'install.ts');
const MODEL = loadCatalogue().find(({ sha256, bytes }) => sha256 === null && bytes !== null);
const signal = new AbortController().signal;

describe.runIf(python !== undefined && process.platform !== 'win32')('a bundle', () => {
  let root: string;
  let served: SmallEngine;
  let store: EngineStore;
  let engine: InstalledEngine;
  let bundle: string;
  const at = (name: string): string => join(root, name);
  const elsewhere = (name: string): EngineStore => createEngineStore({ folder: at(name), modelsDir: at(`${name} models`), source: served.source, reserveBytes: 0 });

  beforeAll(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'adgen bundle ü-')));
    served = await serveSmallEngine();
    store = createEngineStore({ folder: at('first'), modelsDir: at('models'), source: served.source, reserveBytes: 0 });
    engine = await store.install({ signal });
    await mkdir(at(`models/${MODEL?.folder}`), { recursive: true });
    await writeFile(at(`models/${MODEL?.folder}/${MODEL?.file}`), 'weights');
    bundle = at('on a stick/adgen engine.zip');
    const fractions: number[] = [];
    const { bytes, files } = await store.bundle({ file: bundle, modelIds: [MODEL?.id ?? ''], signal, onProgress: ({ fraction }) => void fractions.push(fraction) });
    expect({ bytes, files }).toEqual({ bytes: (await stat(bundle)).size, files: 14 });
    expect(fractions.at(-1)).toBe(1);
    await served.server.close(); // from here on there is nobody to ask
  });
  afterAll(async () => {
    await served.close();
    await rm(root, { recursive: true, force: true });
  });

  test('is one file with a list of all that is in it, and leaves nothing else', async () => {
    expect(await readdir(at('on a stick'))).toEqual(['adgen engine.zip']);
    const zip = await openZip(bundle, (sentence) => new Error(sentence));
    const content = JSON.parse(await zip.readText(zip.entries.get('bundle.json')!, 1e6)) as BundleContent;
    expect([...zip.entries.keys()].sort()).toEqual(['bundle.json', ...content.files.map(({ path }) => `engine/${path}`), `models/${MODEL?.folder}/${MODEL?.file}`].sort());
    expect(content).toMatchObject({ format: 'adgen-bundle/1', comfyVersion: '9.9.9', variant: 'cpu', pythonHome: 'base/cpython-3.12-stand-in/bin', models: [{ id: MODEL?.id, bytes: 7 }] });
    expect(JSON.stringify(content)).not.toContain(root);
    zip.close();
    expect((await store.status()).interrupted).toBeUndefined();
  });

  test('is installed on a machine without any network, moved, and works there', async () => {
    const { release, lock } = served;
    await writeFile(at('config.json'), JSON.stringify({ folder: at('second ü'), modelsDir: at('second models'), release, lock, bundlePath: bundle } satisfies InstallConfig));
    const command = [process.execPath, '--disable-warning=ExperimentalWarning', PROGRAM, at('config.json')];
    const [file = '', ...args] = canUnshare() ? ['unshare', '-n', ...command] : command;
    const { exitCode, stderr } = await execa(file, args, { reject: false });
    expect(exitCode, stderr).toBe(0);
    const second = createEngineStore({ folder: at('second ü'), modelsDir: at('second models') });
    const { engines: [installed], current, problems } = await second.status();
    expect({ current, problems }).toEqual({ current: { kind: 'managed', engineId: engine.id }, problems: [] });
    expect(installed).toMatchObject({ id: engine.id, selfTest: { outcome: 'ok' } });
    expect(await verifyEngine({ folder: at('second ü'), engineId: engine.id, isDeep: true })).toEqual([]);
    expect(await readFile(at(`second models/${MODEL?.folder}/${MODEL?.file}`), 'utf8')).toBe('weights');
    const config = await readFile(join(installed?.folder ?? '', 'python', 'pyvenv.cfg'), 'utf8');
    expect(config).toContain(`home = ${join(installed?.folder ?? '', 'base', 'cpython-3.12-stand-in', 'bin')}\n`);
    expect(config).not.toContain(at('first'));
  });

  test('repairs what it has installed, and touches no model that is there', async () => {
    const third = elsewhere('third');
    await mkdir(at(`third models/${MODEL?.folder}`), { recursive: true });
    await writeFile(at(`third models/${MODEL?.folder}/${MODEL?.file}`), 'other weights');
    const notes: string[] = [];
    const { folder } = await third.install({ bundlePath: bundle, signal, onProgress: ({ note }) => void notes.push(note) });
    expect(notes.join('\n')).toMatch(/is there with another size and was left alone/);
    expect(await readFile(at(`third models/${MODEL?.folder}/${MODEL?.file}`), 'utf8')).toBe('other weights');
    await rm(join(folder, 'python', 'lib'), { recursive: true });
    await writeFile(join(folder, 'comfy', 'main.py'), 'broken');
    expect(await third.repair({ bundlePath: bundle, signal })).toMatchObject({ selfTest: { outcome: 'ok' } });
    expect(await verifyEngine({ folder: at('third'), engineId: engine.id, isDeep: true })).toEqual([]);
  });

  test('is refused in one sentence, and nothing is installed, when it is not what it says', async () => {
    const original = await readFile(bundle);
    const content = original.subarray(original.indexOf('{"format":"adgen-bundle/1"'));
    expect(content.length).toBeGreaterThan(1000);
    const changed = (from: string, to: string): Buffer => Buffer.from(original.toString('latin1').replaceAll(from, to), 'latin1');
    const other = served.platform.startsWith('linux') ? served.platform.replace('linux', 'macos') : served.platform.replace('macos', 'linux'); // as long as the other
    const hostile: readonly (readonly [string, Buffer, RegExp])[] = [
      ['not a zip', Buffer.from('not a zip'), /cannot be read as a zip/],
      ['cut off', original.subarray(0, original.length / 2), /cannot be read as a zip/],
      ['a file that is not as listed', changed('# sd\n', '# xx\n'), /engine\/comfy\/comfy\/sd\.py" in the bundle .* is (damaged|not what its list says)/],
      ['a way out, in the zip', changed('engine/comfy/comfy/sd.py', 'engine/../../../evil1.py'), /damaged: .*(relative path|leads out)/],
      ['a file less', changed('"path":"comfy/main.py"', '"path":"comfy/mein.py"'), /does not hold "comfy\/mein\.py"/],
      ['a link that leads out', changed('"target":"python3.12"', '"target":"/etc/hosts"'), /the link .* leads out of the engine/],
      ['another machine\'s', changed(`"platform":"${served.platform}"`, `"platform":"${other}"`), /is for .*; this machine is/],
      ['somebody else\'s zip', await zipOf({ 'readme.txt': 'x' }), /has no list of its files/],
      ['with a list that is none', await zipOf({ 'bundle.json': '{"format":"other"}' }), /list of files with a fault/],
    ];
    for (const [name, bytes, sentence] of hostile) {
      await writeFile(at('hostile.zip'), bytes);
      const failure: unknown = await elsewhere('victim').install({ bundlePath: at('hostile.zip'), signal }).then(() => undefined, (error: unknown) => error);
      expect((failure as Error | undefined)?.message, name).toMatch(sentence);
      expect(failure, name).toMatchObject({ code: 'BAD_INPUT', message: expect.stringMatching(sentence) });
      expect((await elsewhere('victim').status()).engines, name).toEqual([]);
    }
    expect(existsSync(at('evil1.py'))).toBe(false);
    await expect(elsewhere('victim').install({ bundlePath: at('nowhere.zip'), signal })).rejects.toMatchObject({ message: expect.stringMatching(/There is no bundle at .*Check the path/) });
    await expect(elsewhere('victim').install({ bundlePath: bundle, variant: 'cu130', signal })).rejects.toMatchObject({ data: { reason: 'BUNDLE_FOREIGN' } });
  });

  test('that is cut off leaves the former one, and the next one nothing of it', async () => {
    const before = await readFile(bundle);
    const controller = new AbortController();
    await expect(store.bundle({ file: bundle, modelIds: [], signal: controller.signal, onProgress: () => controller.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readFile(bundle)).toEqual(before);
    await writeFile(at('on a stick/.other.zip.part'), 'left by kill -9');
    await writeOperation(join(at('first'), 'op.json'), { ...newOperation('bundle', engine.id, 'cpu', at('on a stick/other.zip')), stage: 'bundle' });
    expect((await store.status()).interrupted).toMatchObject({ op: 'bundle', stage: 'bundle' });
    await store.bundle({ file: bundle, modelIds: [], signal });
    expect((await store.status()).interrupted).toBeUndefined();
    expect(await readdir(at('on a stick'))).toEqual(['adgen engine.zip']);
    expect((await readFile(bundle)).length).toBeLessThan(before.length);
  });

  test('is not made of what is damaged, unknown, or not ours', async () => {
    await expect(store.bundle({ file: bundle, modelIds: ['no-such'], signal })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const missing = loadCatalogue().find(({ id }) => id !== MODEL?.id)?.id ?? '';
    await expect(store.bundle({ file: bundle, modelIds: [missing], signal })).rejects.toMatchObject({ data: { reason: 'NOT_BUNDLED' }, message: expect.stringMatching(/is not at .*Fetch it first/) });
    const source = join(engine.folder, 'comfy', 'comfyui_version.py');
    const text = await readFile(source, 'utf8');
    await writeFile(source, text.replace('9.9.9', '9.9.8'));
    await expect(store.bundle({ file: at('damaged.zip'), modelIds: [], signal })).rejects.toMatchObject({ data: { reason: 'ENV_BROKEN' }, message: expect.stringContaining('comfyui_version.py') });
    await appendFile(source, '#'); // longer than its list says
    await expect(store.bundle({ file: at('damaged.zip'), modelIds: [], signal })).rejects.toThrow();
    expect(existsSync(at('damaged.zip'))).toBe(false);
    await writeFile(source, text);
    await store.use({ kind: 'external', url: 'http://127.0.0.1:8188' });
    await expect(store.bundle({ file: bundle, modelIds: [], signal })).rejects.toMatchObject({ data: { reason: 'NOT_BUNDLED' } });
  });
});
