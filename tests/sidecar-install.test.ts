/** An engine of ours as a user handles it: installed from a bundle, examined, damaged, repaired, bundled again, removed. It is small, but whole. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngineStore } from '#sidecar/provision/engine-store.ts';
import { python, serveSmallEngine } from '#sidecar/provision/store/testing/small-engine.ts';
import type { InstalledEngine } from '#sidecar/provision/types.ts';
import { adgen, scratchFolder } from './adgen.ts';

interface Doctor {
  readonly findings: readonly { readonly name: string; readonly state: 'ok' | 'note' | 'problem'; readonly detail: string }[];
  readonly hardware: { readonly ramBytes: number };
  readonly choice: { readonly variant: string };
  readonly selfTest?: { readonly outcome: string };
}

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let data: string;
let bundle: string;
let engine: InstalledEngine;
const at = (name: string): string => join(folder.path, name);
const sidecar = (...args: string[]) => adgen(['sidecar', ...args, '--data', data]);
const json = async (...args: string[]): Promise<Record<string, unknown>> => JSON.parse((await sidecar(...args, '--json')).stdout) as Record<string, unknown>;
const filesFinding = async (...args: string[]) => ((await json('doctor', ...args)) as unknown as Doctor).findings.find(({ name }) => name === 'engine files');

describe.skipIf(process.platform === 'win32' || python === undefined)('an engine of ours', () => {
  beforeAll(async () => {
    folder = await scratchFolder('sidecar-install');
    data = at('data ü');
    bundle = at('the stick.zip');
    const served = await serveSmallEngine();
    const signal = new AbortController().signal;
    const store = createEngineStore({ folder: at('first'), modelsDir: at('first models'), source: served.source, reserveBytes: 0 });
    await store.install({ signal });
    await store.bundle({ file: bundle, modelIds: [], signal });
    await served.close();
  });
  afterAll(() => folder.remove());

  it('is not installed before somebody has agreed to what is shown', async () => {
    const { exitCode, stdout, stderr } = await sidecar('install', '--bundle', bundle);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^ComfyUI 9\.9\.9 is installed into .*data ü\/engine:$/m);
    expect(stderr).toMatch(/^ {2}for +cpu \(processor only\)$/m);
    expect(stderr).toMatch(/^ {2}download +nothing; everything comes from .*the stick\.zip$/m);
    expect(stderr).toMatch(/^ {2}disk +\S+ GB needed for .*, \S+ \S+ free$/m);
    expect(stderr).toMatch(/^ {2}licence +ComfyUI is GPL-3\.0/m);
    expect(stderr.split('\n').at(-1)).toMatch(/^Error: Nothing was installed, because there is no terminal to ask on\..*--yes/);
    expect(existsSync(data)).toBe(false);
  });

  it('is refused from what is no bundle, or one for something else', async () => {
    await writeFile(at('broken.zip'), 'not a zip');
    // One after the other: a store does one thing at a time.
    for (const wrong of [[at('missing.zip')], [at('broken.zip')], [bundle, '--variant', 'rocm']]) {
      const { exitCode, stdout, stderr } = await sidecar('install', '--yes', '--bundle', ...wrong);
      expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^Error: [^\n]+\.$/) });
    }
  });

  it('is installed, in use, and told to be unproven, for it has no PyTorch', async () => {
    const { exitCode, stdout, stderr } = await sidecar('install', '--bundle', bundle, '--yes', '--json');
    ({ engine } = JSON.parse(stdout) as { engine: InstalledEngine });
    expect(JSON.parse(stdout)).toMatchObject({ isInUse: true, engine: { comfyVersion: '9.9.9', variant: 'cpu', selfTest: { outcome: 'inconclusive' } } });
    expect(exitCode, stderr).toBe(1);
    expect(stderr).toMatch(/^\[100 %\] Switching over/m);
    expect(stderr.split('\n').at(-1)).toMatch(new RegExp(`^Error: ${engine.id} is installed and in use: .* "adgen sidecar doctor" says more\\.$`));
    const status = await sidecar('status');
    expect(status.stdout).toMatch(new RegExp(`^in use +${engine.id}: ComfyUI 9\\.9\\.9, cpu \\(processor only\\), `, 'm'));
    expect(status.stdout).toMatch(/^problem +The engine .* has not proved itself/m);
    // Whoever has it is not asked again.
    expect(await sidecar('install', '--bundle', bundle)).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(new RegExp(`^${engine.id} is installed already`)) });
  });

  it('is examined: what is well, what is not, and what to do', async () => {
    const { exitCode, stdout, stderr } = await sidecar('doctor', '--json');
    const report = JSON.parse(stdout) as Doctor;
    expect(report).toMatchObject({ hardware: { ramBytes: expect.any(Number) }, choice: { variant: expect.any(String) }, selfTest: { outcome: 'inconclusive' } });
    const states = Object.fromEntries(report.findings.map(({ name, state }) => [name, state]));
    expect(states).toMatchObject({ memory: 'ok', 'engine files': 'ok', 'self-test': 'problem', server: 'note' });
    for (const { state, detail } of report.findings.filter((finding) => finding.state === 'problem')) expect(detail, state).toMatch(/\.$/);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringMatching(/^Error: (One thing needs|\d things need) your attention: .*self-test/) });
    const words = await sidecar('doctor');
    expect(words.stdout.split('\n')).toHaveLength(report.findings.length);
    for (const line of words.stdout.split('\n')) expect(line).toMatch(/^[✓·✗] \S/);
  });

  it('with a changed file is found out, by size at once and by hash when asked, and repaired', async () => {
    const main = join(engine.folder, 'comfy', 'main.py');
    const original = await readFile(main, 'utf8');
    await writeFile(main, original.replace('import argparse', 'import argparsa'));
    expect(await filesFinding()).toMatchObject({ state: 'ok' });
    expect(await filesFinding('--deep')).toMatchObject({ state: 'problem', detail: '1 are damaged: comfy/main.py (changed). "adgen sidecar repair" restores them.' });
    await writeFile(main, '');
    expect(await filesFinding()).toMatchObject({ state: 'problem' });
    expect(await json('repair', '--bundle', bundle)).toMatchObject({ engine: { id: engine.id } });
    expect(await readFile(main, 'utf8')).toBe(original);
    expect(await filesFinding('--deep')).toMatchObject({ state: 'ok' });
    expect(await sidecar('repair', 'no-such-engine')).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it('goes into a bundle again, with models that are there and no others', async () => {
    expect(await json('bundle', at('second stick.zip'))).toEqual({ file: at('second stick.zip'), modelIds: [], bytes: expect.any(Number), files: expect.any(Number) });
    // One after the other: a store does one thing at a time.
    for (const wrong of [[at('third.zip'), '--models', 'no-such-model'], [at('third.zip'), '--models', 'wan22-vae'], [join(bundle, 'inside a file.zip')]]) {
      const { exitCode, stdout, stderr } = await sidecar('bundle', ...wrong);
      expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/Error: [^\n]+\.$/) });
    }
    expect(existsSync(at('third.zip'))).toBe(false);
  });

  it('is left for another one and returned to', async () => {
    expect(await sidecar('use', 'no-such-engine')).toMatchObject({ exitCode: 2 });
    expect(await json('use', engine.id)).toEqual({ current: { kind: 'managed', engineId: engine.id } });
  });

  it('is removed, and nothing else with it', async () => {
    const mine = join(engine.folder, 'comfy', 'my notes.txt');
    await writeFile(mine, 'mine');
    const { exitCode, stdout } = await sidecar('uninstall', engine.id, '--json');
    expect({ exitCode, ...(JSON.parse(stdout) as object) }).toEqual({ exitCode: 0, engineId: engine.id, removedFiles: expect.any(Number), left: [mine] });
    expect(await readFile(mine, 'utf8')).toBe('mine');
    expect(await json('status')).not.toHaveProperty('current');
    expect(await sidecar('uninstall', engine.id)).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^Removed 0 files .*\n1 that this program did not install were left standing:\n {2}.*my notes\.txt$/) });
    expect(await readFile(mine, 'utf8')).toBe('mine');
  });
});
