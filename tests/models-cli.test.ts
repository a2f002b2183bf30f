/** Models as a user handles them: a small list of small files, from a server in the place of Hugging Face. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { lstat, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCatalogue } from '#sidecar/models/catalogue.ts';
import { modelOf, safetensors } from '#sidecar/models/testing/small-models.ts';
import { startFaultServer } from '#sidecar/provision/download/testing/fault-server.ts';
import type { FaultServer } from '#sidecar/provision/download/testing/fault-server.ts';
import { adgen, scratchFolder, startAdgen } from './adgen.ts';
import type { AdgenResult } from './adgen.ts';
import { until, untilLine } from './processes.ts';

const content = { open: safetensors(3_000_000), small: safetensors(50_000), shared: safetensors(40_000), limited: safetensors(70_000), unhashed: safetensors(60_000) };
const CONDITIONS = 'Free below a yearly revenue of one million.';

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let server: FaultServer;
let list: string;
let data: string;
const at = (name: string): string => join(folder.path, name);
const environment = () => ({ HF_ENDPOINT: server.url(''), HF_TOKEN: '' });
const models = (...args: string[]): Promise<AdgenResult> => adgen(['models', ...args, '--data', data, '--catalogue', list], { env: environment() });
const json = async (...args: string[]): Promise<{ models: Record<string, unknown>[] }> => JSON.parse((await models(...args, '--json')).stdout) as { models: Record<string, unknown>[] };
const fileOf = (id: string): string => join(data, 'models', 'vae', `${id}.safetensors`);

beforeAll(async () => {
  folder = await scratchFolder('models-cli');
  data = at('data with ünïcode');
  list = at('my list.json');
  server = await startFaultServer();
  for (const [id, bytes] of Object.entries(content)) server.serve(`/${id}/${id}.safetensors`, { bytes, etag: `"${id}"` });
  const entries = [
    modelOf('open', content.open),
    modelOf('shared', content.shared, { workflows: ['esrgan-upscale'] }),
    modelOf('small', content.small),
    modelOf('limited', content.limited, { adverts: 'ask', conditions: CONDITIONS, excludedRegions: ['GB'], licence: 'Limited-1.0' }),
    modelOf('unhashed', content.unhashed, { sha256: null, sha256Source: null }),
    modelOf('by-hand', content.small, { url: null }),
  ];
  await writeFile(list, JSON.stringify({ version: 1, models: entries }));
});
afterAll(async () => {
  await server.close();
  await folder.remove();
});

describe('adgen models', () => {
  it('lists our models with size, licence and who needs them, and makes nothing by that', async () => {
    const { exitCode, stdout, stderr } = await adgen(['models', 'list', '--data', data]);
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')).toHaveLength(loadCatalogue().length);
    expect(stdout).toMatch(/^· wan22-vae +1\.4 GB, Apache-2\.0, from 8 GB of GPU memory {2}\(for wan22-5b-text, wan22-5b-image\)$/m);
    expect(stdout).toMatch(/^· ltx23-22b .*\(asks first\).*not fetched by this program/m);
    expect(stderr).toMatch(/^0 of \d+ models are here/);
    const ofOne = JSON.parse((await adgen(['models', 'list', '--for', 'wan22-5b-text', '--json', '--data', data])).stdout) as { models: { id: string; state: string; asksFirst: boolean }[] };
    expect(ofOne.models.map(({ id, state, asksFirst }) => ({ id, state, asksFirst }))).toEqual(['wan22-ti2v-5b', 'umt5-xxl-fp8', 'wan22-vae'].map((id) => ({ id, state: 'missing', asksFirst: false })));
    expect(existsSync(data)).toBe(false);
  });

  it('fetches what is named and what a workflow needs, once, and says what it does', async () => {
    const { exitCode, stdout, stderr } = await models('pull', 'small', '--for', 'esrgan-upscale');
    expect({ exitCode, stdout }, stderr).toEqual({ exitCode: 0, stdout: ['small', 'shared'].map((id) => `${fileOf(id)}  fetched and checked, ${id === 'small' ? 50.1 : 40.1} kB`).join('\n') });
    expect(stderr).toMatch(/^small: 50\.1 kB, MIT$/m);
    expect(await readFile(fileOf('small'))).toEqual(content.small);
    expect(await json('pull', 'small', 'unhashed')).toEqual({ models: [expect.objectContaining({ id: 'small', outcome: 'present' }), expect.objectContaining({ id: 'unhashed', outcome: 'downloaded', path: fileOf('unhashed') })] });
    expect(server.requests.filter(({ path }) => path.startsWith('/small/'))).toHaveLength(1);
  });

  it('goes on where a killed or canceled one stopped', async () => {
    const file = server.serve('/open/open.safetensors', { bytes: content.open, etag: '"open"', pieceBytes: 100_000, stall: { afterBytes: 2_500_000 } });
    const stuck = startAdgen(['models', 'pull', 'open', '--data', data, '--catalogue', list], { env: environment() });
    await server.asked('/open/open.safetensors');
    const parts = join(data, 'models', '.parts');
    await until('the first bytes on disk', () => existsSync(parts) && readdirSync(parts).some((name) => name.endsWith('.part') && statSync(join(parts, name)).size > 0));
    stuck.kill('SIGKILL');
    await stuck;
    expect((await json('list')).models.find(({ id }) => id === 'open')).toMatchObject({ state: 'partial' });
    const canceled = startAdgen(['models', 'pull', 'open', '--data', data, '--catalogue', list], { env: environment() });
    await untilLine(canceled, /open: .* of 3\.0 MB/);
    canceled.kill('SIGINT');
    expect(await canceled).toMatchObject({ exitCode: 130, stdout: '', stderr: expect.stringMatching(/Canceled\. What has come is kept; the same command goes on where it stopped\.$/) });
    delete file.stall;
    expect(await json('pull', 'open')).toEqual({ models: [expect.objectContaining({ id: 'open', outcome: 'downloaded' })] });
    expect(await readFile(fileOf('open'))).toEqual(content.open);
  });

  it('asks for consent where a licence is limited, before anything comes', async () => {
    const before = server.requests.length;
    const { exitCode, stdout, stderr } = await models('pull', 'limited');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr.split('\n').at(-1)).toBe(`Error: Model limited (limited) has a limited licence, Limited-1.0: ${CONDITIONS} It does not hold in GB. If you agree, add --accept-licence limited.`);
    expect(await models('pull', 'limited', '--accept-licence', 'small')).toMatchObject({ exitCode: 2 });
    expect(server.requests).toHaveLength(before);
    expect(await models('pull', 'limited', '--accept-licence', 'limited')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('fetched and checked') });
  });

  it('checks what is here, and finds a file that was cut short or changed', async () => {
    const whole = await models('verify');
    expect(whole, whole.stderr).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^✓ small: as published$/m) });
    await truncate(fileOf('small'), 40_000);
    const changed = await readFile(fileOf('unhashed'));
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    await writeFile(fileOf('unhashed'), changed);
    const { exitCode, stdout, stderr } = await models('verify', '--json');
    const found = (JSON.parse(stdout) as { models: { id: string; outcome: string; problem?: string }[] }).models;
    expect(found.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual(['open ok', 'shared ok', 'small damaged', 'limited ok', 'unhashed damaged']);
    for (const { problem } of found.filter(({ outcome }) => outcome === 'damaged')) expect(problem).toMatch(/^[^\n]+\.$/);
    expect({ exitCode, last: stderr.split('\n').at(-1) }).toEqual({ exitCode: 1, last: 'Error: 2 models are damaged or missing: small, unhashed. Remove damaged files, then "adgen models pull small unhashed" fetches them.' });
    expect(await models('verify', 'by-hand')).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^✗ by-hand: .* is not here\./) });
    expect((await json('list')).models.find(({ id }) => id === 'small')).toMatchObject({ state: 'damaged' });
  });

  it('takes models over from a folder, copied or linked, refuses what is broken, and leaves the folder alone', async () => {
    data = at('data of imports');
    const mine = at('my models');
    await mkdir(join(mine, 'deep', 'er'), { recursive: true });
    await writeFile(join(mine, 'deep', 'er', 'small.safetensors'), content.small);
    await writeFile(join(mine, 'open.safetensors'), content.open.subarray(0, 1_000_000));
    await writeFile(join(mine, 'limited.safetensors'), '<html>You have to log in</html>');
    await writeFile(join(mine, 'something.safetensors'), safetensors(10));
    const { exitCode, stdout, stderr } = await models('import', mine, '--json');
    const result = JSON.parse(stdout) as { models: { id: string; outcome: string; problem?: string }[]; unknown: string[] };
    expect(Object.fromEntries(result.models.map(({ id, outcome }) => [id, outcome]))).toEqual({ small: 'copied', open: 'refused', limited: 'refused' });
    for (const { problem } of result.models.filter(({ outcome }) => outcome === 'refused')) expect(problem).toMatch(/^[^\n]+\.$/);
    expect(result.unknown).toEqual([join(mine, 'something.safetensors')]);
    expect({ exitCode, last: stderr.split('\n').at(-1) }).toEqual({ exitCode: 1, last: expect.stringMatching(/^Error: 2 models are refused: (limited, open|open, limited)\. Get them again, or "adgen models pull" fetches them\.$/) });
    expect(await readFile(fileOf('small'))).toEqual(content.small);

    await rm(join(data, 'models'), { recursive: true });
    await Promise.all([rm(join(mine, 'open.safetensors')), rm(join(mine, 'limited.safetensors'))]);
    const linked = await models('import', mine, '--link');
    expect(linked).toMatchObject({ exitCode: 0, stdout: `✓ small: linked from ${join(mine, 'deep', 'er', 'small.safetensors')}` });
    const place = await lstat(fileOf('small'));
    expect(place.isSymbolicLink() || place.nlink > 1).toBe(true);
    expect(await readFile(join(mine, 'deep', 'er', 'small.safetensors'))).toEqual(content.small);
  });

  it('says in one sentence what stands in the way of a download', async () => {
    data = at('data of failures');
    server.serve('/small/small.safetensors', { bytes: content.small, refuse: { status: 403 } });
    server.serve('/open/open.safetensors', { bytes: content.small });
    const results = await Promise.all([models('pull', 'small'), models('pull', 'by-hand'), adgen(['models', 'pull', 'unhashed', '--data', data, '--catalogue', list], { env: { ...environment(), ADGEN_MODELS_DIR: join(list, 'models') } })]);
    expect(results.map(({ exitCode }) => exitCode)).toEqual([1, 1, 2]);
    for (const { stdout, stderr } of results) expect({ stdout, last: stderr.split('\n').at(-1) }).toEqual({ stdout: '', last: expect.stringMatching(/^Error: [^\n]+\.$/) });
    expect(existsSync(fileOf('small'))).toBe(false);
  });

  it('refuses wrong usage', async () => {
    await writeFile(at('broken.json'), '{"version": 1');
    await writeFile(at('wrong.json'), JSON.stringify({ version: 1, models: [{ id: 'X' }] }));
    const mistakes = [
      ['pull'], ['pull', 'no-such-model'], ['pull', '--for', 'no-such-workflow'], ['list', '--for', 'no-such-workflow'], ['verify', 'no-such-model'], ['import'], ['import', at('nowhere')],
      ['list', '--catalogue', at('broken.json')], ['list', '--catalogue', at('wrong.json')], ['list', '--catalogue', at('nowhere.json')], ['dance'], [],
    ];
    const results = await Promise.all(mistakes.map((args) => adgen(['models', ...args, '--data', at('never made')])));
    for (const [index, { exitCode, stdout, stderr }] of results.entries()) {
      expect({ args: mistakes[index], exitCode, stdout, hasReason: /\berror: |^Error: [^\n]+\.$|^Usage: /.test(stderr) }, stderr).toEqual({ args: mistakes[index], exitCode: 2, stdout: '', hasReason: true });
    }
    expect(existsSync(at('never made'))).toBe(false);
  });
});
