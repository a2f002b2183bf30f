import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Graph } from './graph.ts';
import { manifestSchema } from './manifest.ts';
import type { InputValue } from './patch-workflow.ts';
import { nearestAllowed, patchWorkflow } from './patch-workflow.ts';

const graph: Graph = {
  a: { class_type: 'Sampler', inputs: { seed: 1, steps: 20, cfg: 1.5, mode: 'x', on: true, text: 'old', model: ['b', 0] }, _meta: { title: 'Sampler' } },
  b: { class_type: 'Loader', inputs: { image: 'x.png', seed: 1 } },
  save: { class_type: 'SaveImage', inputs: { filename_prefix: 'ComfyUI' } },
  extra: { class_type: 'SaveImage', inputs: { filename_prefix: '../../escape' } },
};
const manifest = manifestSchema.parse({
  id: 'test', title: 'Test', capability: 'smoke',
  inputs: {
    seed: { type: 'seed', targets: [{ node: 'a', field: 'seed' }, { node: 'b', field: 'seed' }] },
    frames: { type: 'int', min: 5, max: 121, step: 4, targets: [{ node: 'a', field: 'steps' }] },
    cfg: { type: 'float', min: 0, max: 10, targets: [{ node: 'a', field: 'cfg' }] },
    mode: { type: 'choice', options: ['x', 'y'], targets: [{ node: 'a', field: 'mode' }] },
    isOn: { type: 'boolean', targets: [{ node: 'a', field: 'on' }] },
    prompt: { type: 'text', maxLength: 10, targets: [{ node: 'a', field: 'text' }] },
    image: { type: 'image', isRequired: true, targets: [{ node: 'b', field: 'image' }] },
  },
  outputs: { picture: { node: 'save', kind: 'image', extension: 'png' } },
  nodeClasses: [], vram: { tierGb: 0, offloadTierGb: 0, note: '' }, quality: 0, minServerVersion: '0.3.64',
});
const patch = (values: Record<string, InputValue>, jobId = 'job-1'): Graph => patchWorkflow({ graph, manifest, values: { image: 'in.png', ...values }, jobId });

test('sets every target and leaves the rest, and the graph that came in, alone', () => {
  const before = structuredClone(graph);
  const patched = patch({ seed: 7, frames: 9, cfg: 2.25, mode: 'y', isOn: false, prompt: 'new' });
  expect(patched['a']).toEqual({ class_type: 'Sampler', inputs: { seed: 7, steps: 9, cfg: 2.25, mode: 'y', on: false, text: 'new', model: ['b', 0] }, _meta: { title: 'Sampler' } });
  expect(patched['b']?.inputs).toEqual({ image: 'in.png', seed: 7 });
  expect(graph).toEqual(before);
});

test('a value that is left out keeps the graph\'s', () => {
  expect(patch({})['a']?.inputs).toEqual(graph['a']?.inputs);
});

test('every saver writes under the job, also one that the manifest does not name', () => {
  const prefixes = (jobId: string): unknown[] => ['save', 'extra'].map((id) => patch({}, jobId)[id]?.inputs['filename_prefix']);
  expect(prefixes('job-1')).toEqual(['adgen/job-1/picture', 'adgen/job-1/other-1']);
  expect(prefixes('job-2')).not.toEqual(prefixes('job-1'));
});

describe('refuses', () => {
  test.each<[string, Record<string, InputValue>, string]>([
    ['an unknown input', { sed: 1 }, 'test has no input "sed"; it takes seed, frames'],
    ['a name of every object', { constructor: 1 }, 'has no input "constructor"'],
    ['a negative seed', { seed: -1 }, 'must be a whole number from 0'],
    ['a broken seed', { seed: 1.5 }, 'must be a whole number from 0'],
    ['a seed that JSON would round', { seed: 2 ** 60 }, 'must be a whole number from 0'],
    ['too few frames', { frames: 1 }, 'must lie between 5 and 121'],
    ['frames off the grid', { frames: 10 }, 'must be 5 plus a multiple of 4'],
    ['frames as text', { frames: '9' }, 'must be a whole number'],
    ['no number', { cfg: NaN }, 'must be a number'],
    ['an endless number', { cfg: Infinity }, 'must be a number'],
    ['another choice', { mode: 'z' }, 'must be one of x, y'],
    ['a number for a switch', { isOn: 1 }, 'must be true or false'],
    ['a number for text', { prompt: 1 }, 'must be text'],
    ['long text', { prompt: 'x'.repeat(11) }, 'longer than 10 characters'],
    ['a path out of the input folder', { image: '../secret.png' }, 'must be the name of an uploaded file'],
    ['the same with the other slash', { image: 'a\\..\\..\\secret.png' }, 'must be the name of an uploaded file'],
    ['an absolute path', { image: '/etc/passwd' }, 'must be the name of an uploaded file'],
    ['a drive', { image: 'C:\\x.png' }, 'must be the name of an uploaded file'],
    ['no name', { image: '' }, 'must be the name of an uploaded file'],
  ])('%s', (_, values, message) => {
    expect(() => patch(values)).toThrow(message);
  });

  test('a missing required input', () => {
    expect(() => patchWorkflow({ graph, manifest, values: {}, jobId: 'job-1' })).toThrow('test needs the input "image"');
  });

  test.each(['', '../up', 'A', 'a/b', 'x'.repeat(65)])('the job id %j', (jobId) => {
    expect(() => patch({}, jobId)).toThrow('cannot name a job');
  });

  test('a manifest that does not belong to the graph', () => {
    const { b: _, ...rest } = graph;
    expect(() => patchWorkflow({ graph: rest, manifest, values: { image: 'x.png' }, jobId: 'job-1' })).toThrow('names node "b", which the graph lacks');
  });
});

test('the nearest allowed number is always accepted', () => {
  const range = fc.record({ type: fc.constantFrom('int' as const, 'float' as const), min: fc.integer({ min: -1000, max: 1000 }), span: fc.integer({ min: 0, max: 5000 }), step: fc.option(fc.integer({ min: 1, max: 64 }), { nil: undefined }) });
  fc.assert(fc.property(range, fc.double(), ({ type, min, span, step }, wanted) => {
    const single = manifestSchema.parse({ ...manifest, inputs: { n: { type, min, max: min + span, step, targets: [{ node: 'a', field: 'steps' }] } } });
    const input = single.inputs['n'];
    if (input?.type !== 'int' && input?.type !== 'float') throw new Error('not a number');
    expect(() => patchWorkflow({ graph, manifest: single, values: { n: nearestAllowed(input, wanted) }, jobId: 'j' })).not.toThrow();
  }));
});
