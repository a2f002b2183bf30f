/** Whole adverts whose backdrops and music come from a ComfyUI: what reaches the film, what a crash of either side costs, and what happens without one. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AdProject } from '#core/project/schema.ts';
import type { RunDocument } from '#engine/pipeline/run-document.ts';
import { freePort } from '#sidecar/fake/testing/fake-process.ts';
import { startFakeServer } from '#sidecar/fake/server.ts';
import type { FakeOptions, FakeServer } from '#sidecar/fake/server.ts';
import { adgen, makeAdvert, sampleCan, scratchFolder, startAdgen } from './adgen.ts';
import { until, untilLine } from './processes.ts';

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let server: FakeServer | undefined;
const at = (name: string): string => join(folder.path, name);

beforeAll(async () => {
  folder = await scratchFolder('comfy make');
});
afterEach(async () => {
  await server?.close();
  server = undefined;
});
afterAll(() => folder.remove());

const serve = async (options: Partial<FakeOptions> = {}): Promise<FakeServer> => {
  server = await startFakeServer({ folder: at('comfy'), stepMs: 2, steps: 4, ...options });
  return server;
};
/** As short as an advert may be. */
const SHORTEST = ['--ratios', '1:1', '--duration', '4', '--scenes', '3', '--name', 'Fizzo', '--description', 'Blood orange soda, 330 ml', '--cta', 'Taste it'] as const;
const args = (data: string, out: string, ...more: string[]): string[] => ['--product', sampleCan, ...SHORTEST, '--data', at(data), '--out', at(out), ...more];
const renderArgs = (data: string, from: string, out: string, ...more: string[]): string[] => ['render', '--json', '--project', at(`${from}/adproject.json`), '--data', at(data), '--out', at(out), ...more];
const stepsOf = (run: RunDocument, kind: string) => run.steps.filter((step) => step.kind === kind);
const providersOf = (run: RunDocument, kind: string): (string | undefined)[] => stepsOf(run, kind).map(({ provider }) => provider);

async function renderAdvert(command: readonly string[]): Promise<RunDocument> {
  const { exitCode, stdout, stderr } = await adgen(command);
  expect(exitCode, stderr).toBe(0);
  return JSON.parse(stdout) as RunDocument;
}

/** The wall of the weightless backdrop is the first colour of the palette; the film's grade moves it a little. */
async function expectWall(out: string): Promise<void> {
  const project = JSON.parse(await readFile(at(`${out}/adproject.json`), 'utf8')) as AdProject;
  const wall = Buffer.from(project.style.palette[0]?.slice(1) ?? '', 'hex');
  const corner = await sharp(at(`${out}/still_1x1.jpg`)).extract({ left: 4, top: 4, width: 60, height: 60 }).toBuffer();
  const { dominant } = await sharp(corner).stats();
  for (const [index, value] of [dominant.r, dominant.g, dominant.b].entries()) expect(Math.abs(value - (wall[index] ?? 0)), JSON.stringify({ dominant, wall: project.style.palette[0] })).toBeLessThan(24);
}

describe('an advert with a ComfyUI', () => {
  it('has backdrops, music and a cut-out from it, says how each was made, and asks for nothing twice but for a scene made anew', async () => {
    const { url, started } = await serve();
    const run = await makeAdvert(args('whole', 'whole-out', '--engine', 'comfyui', '--comfy-url', url));
    expect([...providersOf(run, 'backdrop'), ...providersOf(run, 'music'), ...providersOf(run, 'cutout')]).toEqual(['comfyui', 'comfyui', 'comfyui', 'comfyui', 'comfyui']);
    const [first] = stepsOf(run, 'backdrop');
    expect(first?.generated?.map(({ workflow }) => workflow)).toEqual(['wan22-14b-text', 'film-interpolate']);
    expect(first?.generated?.[0]).toMatchObject({ server: '0.33.0', workflowHash: expect.stringMatching(/^[0-9a-f]{64}$/), models: expect.arrayContaining(['wan21-vae']), inputs: { seed: expect.any(Number), prompt: expect.stringContaining('Empty background plate') } });
    const prompts = stepsOf(run, 'backdrop').map(({ generated }) => String(generated?.[0]?.inputs['prompt']));
    expect(new Set(prompts.map((prompt) => /colours [^;]*/.exec(prompt)?.[0])).size, prompts.join('\n')).toBe(1); // one look for all scenes
    expect(prompts.join(' ')).not.toMatch(/fizzo|soda|can\b/i);
    expect(run.renditions.every(({ fidelity }) => fidelity?.verdict !== 'unfaithful')).toBe(true);
    const jobs = started().length;
    expect(jobs).toBe(3 * 2 + 1 + 1);
    const again = await makeAdvert(args('whole', 'whole-again', '--engine', 'comfyui', '--comfy-url', url));
    expect(again.steps.every(({ isCacheHit }) => isCacheHit)).toBe(true);
    expect(started()).toHaveLength(jobs);
    const without = await renderAdvert(renderArgs('whole', 'whole-out', 'whole-without')); // its ComfyUI forgotten: what it made stays
    const generated = without.steps.filter(({ kind }) => kind === 'backdrop' || kind === 'music');
    expect(generated.map(({ provider, isCacheHit }) => [provider, isCacheHit])).toEqual(Array.from({ length: 4 }, () => ['comfyui', true]));
    expect(providersOf(await renderAdvert(renderArgs('whole', 'whole-out', 'whole-built-in', '--engine', 'embedded')), 'backdrop')).toEqual(['embedded', 'embedded', 'embedded']);
    const anew = await renderAdvert(renderArgs('whole', 'whole-out', 'whole-anew', '--regenerate', 'scene_2', '--comfy-url', url));
    expect(stepsOf(anew, 'backdrop').map(({ isCacheHit }) => isCacheHit).sort()).toEqual([false, true, true]);
    expect(started()).toHaveLength(jobs + 2); // the clip, and the frames in between
  }, 240_000);
});

describe('bad luck', () => {
  it.skipIf(process.platform === 'win32')('a killed program finds its jobs again: none is lost, none is made twice', async () => {
    const { url, started } = await serve({ stepMs: 60, steps: 10 });
    const wish = ['--engine', 'comfyui', '--comfy-url', url, '--cutout', 'embedded'];
    const killed = startAdgen(['make', '--json', ...args('killed', 'killed-out', ...wish)]);
    await untilLine(killed, /scene_1 backdrop 1:1: started/);
    await until('a job on the server', () => started().length >= 2);
    killed.kill('SIGKILL');
    await killed;
    const { exitCode, stdout, stderr } = await adgen(['resume', '--latest', '--json', '--data', at('killed'), '--comfy-url', url]);
    expect(exitCode, stderr).toBe(0);
    expect(providersOf(JSON.parse(stdout) as RunDocument, 'backdrop')).toEqual(['comfyui', 'comfyui', 'comfyui']);
    expect(new Set(started()).size).toBe(started().length);
    expect(started()).toHaveLength(3 * 2 + 1);
  }, 240_000);

  it('a server that crashes and comes back costs nothing; one that stays away is stood in for, until the next run', async () => {
    const crashing = await serve({ rebootMs: 300 });
    crashing.faults.arm('die-mid-job', 1);
    const wish = ['--workflow', 'smoke-backdrop-still', '--comfy-url', crashing.url];
    const survived = await makeAdvert(args('crash', 'crash-out', '--cutout', 'embedded', ...wish));
    expect(providersOf(survived, 'backdrop')).toEqual(['comfyui', 'comfyui', 'comfyui']);
    await expectWall('crash-out'); // the colours that the server was asked for stand behind the product
    await crashing.close();

    const anew = renderArgs('crash', 'crash-out', 'crash-anew', '--regenerate', 'scene_2', ...wish);
    const alone = await renderAdvert(anew);
    expect(providersOf(alone, 'backdrop').sort()).toEqual(['comfyui', 'comfyui', 'embedded']);
    expect(alone.notices.join('\n')).toMatch(/scene_2 backdrop 1:1: comfyui could not do it \(.*cannot be reached.*\); embedded did/);

    await serve({ port: crashing.port });
    expect(providersOf(await renderAdvert(anew), 'backdrop')).toEqual(['comfyui', 'comfyui', 'comfyui']);
  }, 240_000);
});

describe('without a usable ComfyUI', () => {
  it.each<[string, () => Promise<string>, RegExp, number]>([
    ['none', async () => '', /No ComfyUI is set up\. Install one with "adgen sidecar install"/, 1],
    ['no address', async () => 'here', /--comfy-url takes an address such as http:\/\/127\.0\.0\.1:8188, not "here"/, 2],
    ['nobody there', async () => `http://127.0.0.1:${await freePort()}`, /cannot be reached \(ECONNREFUSED\)\. Check that the engine is running/, 1],
    ['too old', async () => (await serve({ version: '0.3.40' })).url, /0\.3\.40 at .* is too old; 0\.3\.64 or newer is needed\. Update ComfyUI\./, 1],
    ['an unknown workflow', async () => `${(await serve()).url}" --workflow "nothing`, /There is no workflow "nothing"/, 1],
  ])('%s: one sentence, before anything is kept', async (name, addressOf, expected, code) => {
    const [url = '', workflow] = (await addressOf()).split('" --workflow "');
    const { exitCode, stderr } = await adgen(['make', ...args(`none-${name}`, 'none-out', '--engine', 'comfyui', ...(url ? ['--comfy-url', url] : []), ...(workflow ? ['--workflow', workflow] : []))]);
    expect(stderr).toMatch(expected);
    expect(exitCode, stderr).toBe(code);
    expect(JSON.parse((await adgen(['runs', '--json', '--data', at(`none-${name}`)])).stdout)).toEqual([]);
  }, 120_000);

  it('another service is told from ComfyUI', async () => {
    const other = createServer((_, response) => response.end('<html>hello</html>')).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const { exitCode, stderr } = await adgen(['make', ...args('other', 'other-out', '--engine', 'comfyui', '--comfy-url', url)]);
    other.close();
    expect([exitCode, stderr]).toEqual([expect.any(Number), expect.stringMatching(/What answers at .* is not ComfyUI\. Check the address\./)]);
    expect(exitCode).not.toBe(0);
  });

  it('is not asked when it is not wanted, nor offline when it is elsewhere', async () => {
    const { connections, started } = await serve();
    const unwanting = startAdgen(['make', ...args('unwanted', 'unwanted-out', '--engine', 'embedded')], { env: { ADGEN_COMFY_URL: server?.url ?? '' } });
    await untilLine(unwanting, /scene_1 backdrop 1:1: succeeded/);
    unwanting.kill('SIGINT');
    expect((await unwanting).exitCode).toBe(130);
    expect([connections(), started().length]).toEqual([0, 0]);
    const { exitCode, stderr } = await adgen(['make', ...args('remote', 'remote-out', '--engine', 'comfyui', '--offline', '--comfy-url', 'http://192.0.2.1:8188')]);
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/on another machine and may not be asked offline/)]);
  }, 120_000);
});
