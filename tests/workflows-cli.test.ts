/** Workflows as a user asks about them: which there are, and all that a server lacks for them, in one report. */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '#sidecar/models/catalogue.ts';
import { freePort, startFakeProcess } from '#sidecar/fake/testing/fake-process.ts';
import { objectInfo } from '#workflows/testing/object-info.ts';
import { adgen, root, scratchFolder } from './adgen.ts';
import type { AdgenResult } from './adgen.ts';
import { makeSmallComfy, python, startEngine } from './small-comfy.ts';

interface Report {
  readonly isUsable: boolean | null;
  readonly usable: readonly string[];
  readonly server: { readonly url: string; readonly version: string } | null;
  readonly missingNodeClasses: readonly { readonly className: string; readonly workflows: readonly string[] }[];
  readonly missingModels: readonly { readonly id: string; readonly bytes: number; readonly licence: string; readonly workflows: readonly string[] }[];
  readonly missingBytes: number;
  readonly faults: readonly { readonly workflow: string; readonly code: string }[];
  readonly action?: string;
  readonly unreadable: readonly { readonly folder: string; readonly message: string }[];
  readonly workflows: readonly { readonly id: string; readonly isUsable: boolean; readonly summary: string }[];
}

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let data: string;
let server: Server;
let url: string;
const at = (name: string): string => join(folder.path, name);
const workflows = (...args: string[]): Promise<AdgenResult> => adgen(['workflows', ...args, '--data', data]);
const readReport = ({ stdout }: AdgenResult): Report => JSON.parse(stdout) as Report;

beforeAll(async () => {
  folder = await scratchFolder('workflows-cli');
  data = at('data');
  const stats = { system: { comfyui_version: '0.28.1' }, devices: [{ name: 'cuda:0 test', type: 'cuda', vram_total: 24e9 }] };
  const answers: Record<string, unknown> = { '/api/system_stats': stats, '/api/features': {}, '/api/object_info': objectInfo({ spelling: 'combo', without: ['UpscaleModelLoader'] }) };
  server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await folder.remove();
});

describe('adgen workflows list', () => {
  it('lists ours, with what each needs', async () => {
    const { exitCode, stdout } = await workflows('list', '--json');
    const list = JSON.parse(stdout) as { workflows: { id: string; capability: string; source: string; models: string[]; modelBytes: number; vramTierGb: number }[]; faults: unknown[] };
    expect({ exitCode, faults: list.faults }).toEqual({ exitCode: 0, faults: [] });
    const wan = loadCatalogue().filter((model) => model.workflows.includes('wan22-5b-text'));
    expect(list.workflows.find(({ id }) => id === 'wan22-5b-text')).toMatchObject({ capability: 'backdrop-clip', source: 'ours', models: wan.map(({ id }) => id), modelBytes: wan.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0) });
    expect(list.workflows.find(({ id }) => id === 'smoke-slow')).toMatchObject({ models: [], modelBytes: 0, vramTierGb: 0 });
  });
});

describe('adgen workflows check', () => {
  it('reports all that a server lacks: each node and model once, who needs it, and one thing to do', async () => {
    const result = await workflows('check', '--comfy-url', url, '--json');
    const report = readReport(result);
    expect(result.exitCode).toBe(1);
    expect(report.server).toMatchObject({ url, version: '0.28.1' });
    expect(report.missingNodeClasses.map(({ className }) => className)).toEqual(['UpscaleModelLoader']);
    const needed = loadCatalogue().filter((model) => model.workflows.length > 0);
    expect(report.missingModels.map(({ id }) => id).sort()).toEqual(needed.map(({ id }) => id).sort());
    for (const model of needed) expect(report.missingModels.find(({ id }) => id === model.id)).toMatchObject({ licence: model.licence, bytes: model.bytes, workflows: expect.arrayContaining(model.workflows) });
    expect(report.missingBytes).toBe(needed.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0));
    expect(report.faults).toEqual([]);
    expect(report.action).toBe('Update ComfyUI, or install the node packs that bring "UpscaleModelLoader".');
    expect(result.stderr).toBe(`Error: ${report.workflows.length - report.usable.length} of ${report.workflows.length} workflows cannot run on ${url} as it is. ${report.action}`);
  });

  it('says the same in words', async () => {
    const { exitCode, stdout, stderr } = await workflows('check', 'wan22-5b-text', 'smoke-slow', '--comfy-url', `${url}/`);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^✓ smoke-slow +Ready to use\.$/m);
    expect(stdout).toMatch(/^✗ wan22-5b-text +3 models \(18\.1 GB\) are missing\.$/m);
    expect(stdout).toMatch(/^Missing models, 18\.1 GB$/m);
    expect(stdout).toMatch(/^ {2}wan22-vae: vae\/wan2\.2_vae\.safetensors, 1\.4 GB, Apache-2\.0 {2}\(for wan22-5b-text\)$/m);
    expect(stderr).toMatch(/^Error: 1 of 2 workflows cannot run on .* Put the files into the models folder of that server\.$/m);
  });

  it('is content with a server that has everything', async () => {
    const fake = startFakeProcess(['--port', String(await freePort()), '--base-directory', at('fake')]);
    const address = await new Promise<string>((resolve) => fake.stderr.on('data', (chunk: Buffer) => { const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(String(chunk)) ?? []; if (found) resolve(found); }));
    const result = await workflows('check', 'smoke-slow', 'smoke-all-outputs', '--comfy-url', address, '--json');
    fake.kill('SIGTERM');
    await fake;
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readReport(result)).toMatchObject({ isUsable: true, usable: ['smoke-all-outputs', 'smoke-slow'], missingModels: [], missingBytes: 0 });
  });

  it('says what is needed when there is no server to ask, and does not take that for a yes', async () => {
    const result = await workflows('check', 'esrgan-upscale', '--json');
    expect(result).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/^Error: No server was asked, because none is running\. .*--comfy-url\.$/) });
    expect(JSON.parse(result.stdout)).toMatchObject({ server: null, isUsable: null, workflows: [{ id: 'esrgan-upscale', models: [{ id: 'real-esrgan-x4plus', licence: 'BSD-3-Clause' }] }] });
  });

  it('takes the user\'s own folders, and names those that cannot be used', async () => {
    data = at('data with workflows');
    const mine = join(data, 'workflows');
    await mkdir(join(mine, 'broken'), { recursive: true });
    await mkdir(join(mine, 'editor'));
    await writeFile(join(mine, 'broken', 'workflow.json'), '{"1": ');
    await writeFile(join(mine, 'editor', 'workflow.json'), JSON.stringify({ nodes: [], links: [] }));
    await cp(join(root, 'workflows', 'smoke-slow'), join(mine, 'Mein Film'), { recursive: true });
    const manifest = JSON.parse(await readFile(join(mine, 'Mein Film', 'manifest.json'), 'utf8')) as Record<string, unknown>;
    await writeFile(join(mine, 'Mein Film', 'manifest.json'), JSON.stringify({ ...manifest, id: 'mein-film' }));
    const graph = JSON.parse(await readFile(join(mine, 'Mein Film', 'workflow.json'), 'utf8')) as Record<string, { class_type: string }>;
    for (const node of Object.values(graph)) if (node.class_type === 'ColorTransfer') node.class_type = 'TransferToTheMoon';
    await writeFile(join(mine, 'Mein Film', 'workflow.json'), JSON.stringify(graph));

    const report = readReport(await workflows('check', '--comfy-url', url, '--json'));
    expect(report.unreadable.map(({ folder: place }) => place).sort()).toEqual([join(mine, 'broken'), join(mine, 'editor')]);
    for (const { message } of report.unreadable) expect(message).toMatch(/^[^\n]+\.$/);
    expect(report.missingNodeClasses).toContainEqual({ className: 'TransferToTheMoon', workflows: ['mein-film'] });
    const list = await workflows('list');
    expect(list.stdout).toMatch(/^mein-film .*your own\)$/m);
    expect(list.stderr.match(/^left out: /gm)).toHaveLength(2);
    expect(await workflows('check', 'broken', '--comfy-url', url)).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(/^Error: There is no workflow "broken"\. .*2 folders could not be read/) });
    data = at('data');
  });

  it.skipIf(process.platform === 'win32' || python === undefined)('asks the engine that runs, and then knows which command fetches what is missing', async () => {
    data = at('data of a running one');
    await makeSmallComfy(at('comfy'), { modelFiles: ['RealESRGAN_x4plus.safetensors'] });
    expect(await adgen(['sidecar', 'adopt', at('comfy'), '--data', data])).toMatchObject({ exitCode: 0 });
    const { program, report: started } = await startEngine(data);
    const result = await workflows('check', 'esrgan-upscale', 'birefnet-cutout', '--json');
    program.kill('SIGTERM');
    expect(await program).toMatchObject({ exitCode: 0 });
    expect(readReport(result)).toMatchObject({ server: { url: started.url }, usable: ['esrgan-upscale'], missingModels: [{ id: 'birefnet' }], action: 'Fetch 444.0 MB with "adgen models pull birefnet".' });
  });

  it('refuses wrong usage', async () => {
    for (const args of [['check', 'no-such-workflow', '--comfy-url', url], ['check', '--comfy-url', 'localhost'], ['check', '--comfy-url', ''], ['list', 'extra'], ['sing'], []]) {
      const { exitCode, stdout, stderr } = await workflows(...args);
      expect({ args, exitCode, stdout }).toEqual({ args, exitCode: 2, stdout: '' });
      expect(stderr).toMatch(/\berror: |^Error: |^Usage: /);
    }
  });
});
