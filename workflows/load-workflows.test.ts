import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadWorkflows } from './load-workflows.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'adgen-workflows ä '));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function drop(name: string, files: Record<string, unknown>): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  for (const [file, content] of Object.entries(files)) await writeFile(join(folder, name, file), typeof content === 'string' ? content : JSON.stringify(content));
}

async function load() {
  const { workflows, faults } = await loadWorkflows(folder);
  return { users: workflows.filter(({ source }) => source === 'user'), faults };
}

const node = (class_type: string, inputs: Record<string, unknown>, title?: string) => ({ class_type, inputs, ...(title === undefined ? {} : { _meta: { title } }) });
const clip = {
  1: node('CLIPTextEncode', { text: 'a', clip: ['9', 0] }, 'Positive prompt'),
  2: node('CLIPTextEncode', { text: 'b', clip: ['9', 0] }, ' Negative Prompt '),
  3: node('EmptyHunyuanLatentVideo', { width: 640, height: 480, length: 33 }, 'Width, Height & Frames'),
  4: node('KSampler', { seed: 1, steps: 20 }, 'Seed'),
  5: node('LoadImage', { image: 'x.png' }, 'Start image'),
  6: node('SaveImage', { filename_prefix: 'preview' }, 'Preview'),
  7: node('SaveVideo', { filename_prefix: 'clip', format: 'mkv' }, 'Output'),
  8: node('KSampler', { seed: ['4', 0], steps: 20 }, 'Seed'),
  9: node('CLIPLoader', { clip_name: 'x.safetensors' }),
};
const manifest = {
  id: 'mine', title: 'Mine', capability: 'backdrop-still', inputs: { prompt: { type: 'text', maxLength: 100, targets: [{ node: '1', field: 'text' }] } },
  outputs: { still: { node: '6', kind: 'image', extension: 'png' } }, nodeClasses: ['SaveImage'], vram: { tierGb: 8, offloadTierGb: 8, note: '' }, quality: 90, minServerVersion: '0.3.64',
};

test('a folder that does not exist holds nothing', async () => {
  expect((await loadWorkflows(join(folder, 'none'))).faults).toEqual([]);
});

test('a workflow without a manifest gets its inputs by node titles', async () => {
  await drop('My Clip (v2)', { 'workflow.json': clip });
  const { users, faults } = await load();
  expect(faults).toEqual([]);
  expect(users[0]?.manifest).toMatchObject({
    id: 'user-my-clip-v2', title: 'My Clip (v2)', capability: 'backdrop-clip',
    inputs: {
      prompt: { type: 'text', isRequired: true, targets: [{ node: '1', field: 'text' }] },
      negativePrompt: { type: 'text', isRequired: false, targets: [{ node: '2', field: 'text' }] },
      // The second sampler takes its seed from the first one; a link is never overwritten.
      seed: { type: 'seed', targets: [{ node: '4', field: 'seed' }] },
      image: { type: 'image', isRequired: true, targets: [{ node: '5', field: 'image' }] },
      width: { type: 'int', default: 640, targets: [{ node: '3', field: 'width' }] },
      height: { default: 480 }, frames: { default: 33, targets: [{ node: '3', field: 'length' }] },
    },
    outputs: { result: { node: '7', kind: 'video', extension: 'mkv' }, result2: { node: '6', kind: 'image', extension: 'png' } },
  });
});

describe('what a workflow without a manifest is for', () => {
  test.each<[string, string, object, string]>([
    ['music', 'tune', { 1: node('SaveAudioMP3', { filename_prefix: 'a' }) }, 'music'],
    ['a still', 'still', { 1: node('Any', { prompt: '' }, 'Prompt'), 2: node('SaveImage', { filename_prefix: 'a' }) }, 'backdrop-still'],
    ['in-between frames', 'smooth', { 1: node('LoadVideo', { file: 'x' }, 'Video'), 2: node('SaveVideo', { filename_prefix: 'a' }) }, 'interpolate'],
    ['a cut-out, by its name', 'Cut-out BiRefNet HR', { 1: node('LoadImage', { image: 'x' }, 'Image'), 2: node('SaveImage', { filename_prefix: 'a' }) }, 'cutout'],
    ['an upscale, by its name', 'Upscale 2x', { 1: node('LoadImage', { image: 'x' }, 'Image'), 2: node('SaveImage', { filename_prefix: 'a' }) }, 'upscale'],
  ])('%s', async (_, name, graph, capability) => {
    await drop(name, { 'workflow.json': graph });
    expect((await load()).users.map((user) => user.manifest.capability)).toEqual([capability]);
  });
});

test('a workflow with a manifest is taken as the manifest says; a name without latin letters gets an id too', async () => {
  await drop('a', { 'workflow.json': clip, 'manifest.json': manifest });
  await drop('影片', { 'workflow.json': clip });
  const ids = (await load()).users.map((user) => user.manifest.id);
  expect(ids).toEqual(['mine', expect.stringMatching(/^workflow-[0-9a-f]{12}$/)]);
});

test('the hash follows the graph and the manifest', async () => {
  await drop('a', { 'workflow.json': clip, 'manifest.json': manifest });
  const first = (await load()).users[0]?.hash;
  expect((await load()).users[0]?.hash).toBe(first);
  await drop('a', { 'manifest.json': { ...manifest, quality: 91 } });
  expect((await load()).users[0]?.hash).not.toBe(first);
});

describe('a bad folder is named and hides no other', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['broken JSON', { 'workflow.json': '{"1": ' }, 'workflow.json is not JSON; export the workflow again in API format.'],
    ['the editor\'s format', { 'workflow.json': { nodes: [], links: [] } }, 'is in the editor\'s own format; export it with "Export (API)".'],
    ['no nodes', { 'workflow.json': {} }, 'holds no nodes'],
    ['a node without inputs', { 'workflow.json': { 1: { class_type: 'X' } } }, 'Node 1 of '],
    ['11 MB', { 'workflow.json': ' '.repeat(11_000_000) }, 'workflow.json is larger than 10 MB'],
    ['nothing saved', { 'workflow.json': { 1: node('X', {}) } }, 'saves nothing that can be used'],
    ['an unclear purpose', { 'workflow.json': { 1: node('SaveImage', { filename_prefix: '' }) } }, 'It is not clear what "bad" is for'],
    ['a manifest of something else', { 'workflow.json': clip, 'manifest.json': { name: 'x' } }, 'manifest.json is not a manifest: '],
    ['a manifest with a wrong range', { 'workflow.json': clip, 'manifest.json': { ...manifest, minServerVersion: 'new' } }, 'minServerVersion: a version is written 0.26.0'],
    ['an id of ours', { 'workflow.json': clip, 'manifest.json': { ...manifest, id: 'sdxl-still' } }, 'The id "sdxl-still" is in use already'],
  ])('%s', async (_, files, message) => {
    await drop('bad', files);
    await drop('good', { 'workflow.json': clip, 'manifest.json': manifest });
    const { users, faults } = await load();
    expect(users.map((user) => user.manifest.id)).toEqual(['mine']);
    expect(faults).toEqual([{ folder: join(folder, 'bad'), message: expect.stringContaining(message) as string }]);
  });

  test('folders without a graph, files and lost links are passed over', async () => {
    await drop('notes', { 'readme.txt': 'x' });
    await drop('.hidden', { 'workflow.json': '{' });
    await writeFile(join(folder, 'workflow.json'), '{');
    await symlink(join(folder, 'gone'), join(folder, 'lost'));
    expect(await load()).toEqual({ users: [], faults: [] });
  });

  test('a loop of links', async () => {
    await symlink(join(folder, 'b'), join(folder, 'a'));
    await symlink(join(folder, 'a'), join(folder, 'b'));
    expect((await load()).faults.map((fault) => fault.message)).toEqual([expect.stringContaining('cannot be read'), expect.stringContaining('cannot be read')]);
  });
});
