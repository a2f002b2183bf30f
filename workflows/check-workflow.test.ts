import { describe, expect, test } from 'vitest';
import { applyRenames, checkWorkflow, checkWorkflowText } from './check-workflow.ts';
import type { CheckRequest } from './check-workflow.ts';
import { MAX_PROBLEMS } from './checking/problems.ts';
import type { ProblemCode } from './checking/problems.ts';
import type { KnownModel } from './checking/report.ts';
import type { Graph } from './graph.ts';
import { loadWorkflows } from './load-workflows.ts';
import { objectInfo } from './testing/object-info.ts';

const { workflows } = await loadWorkflows();
const sdxl = workflows.find(({ manifest }) => manifest.id === 'sdxl-still')!;
const checkpoint = 'sd_xl_base_1.0.safetensors';
const info = objectInfo({ spelling: 'combo', modelFiles: [checkpoint] });
const request: CheckRequest = { objectInfo: info, manifest: sdxl.manifest };

/** The SDXL graph with one node's inputs changed; `undefined` takes an input away. */
function change(id: string, inputs: Record<string, unknown>): Graph {
  const node = sdxl.graph[id]!;
  const merged = Object.entries({ ...node.inputs, ...inputs }).filter(([, value]) => value !== undefined);
  return { ...sdxl.graph, [id]: { ...node, inputs: Object.fromEntries(merged) } };
}

function codes(graph: unknown, more: Partial<CheckRequest> = {}): ProblemCode[] {
  return checkWorkflow(graph, { ...request, ...more }).problems.map(({ code }) => code);
}

describe('finds', () => {
  test.each<[string, unknown, ProblemCode, string]>([
    ['a lost link', change('dec', { samples: ['gone', 0] }), 'LINK_MISSING', 'Input "samples" of node dec (VAEDecode) comes from node "gone", which does not exist.'],
    ['an output that a node lacks', change('dec', { samples: ['ks', 3] }), 'LINK_OUTPUT_MISSING', 'comes from output 3 of node ks (KSampler), which has 1.'],
    ['a negative output', change('dec', { samples: ['ks', -1] }), 'LINK_OUTPUT_MISSING', 'comes from output -1'],
    ['a link of the wrong type', change('ks', { model: ['ck', 1] }), 'LINK_TYPE', 'takes MODEL, but node ck (CheckpointLoaderSimple) gives CLIP.'],
    ['a link into a number', change('ks', { steps: ['ck', 0] }), 'LINK_TYPE', 'takes INT, but node ck'],
    ['a circle', change('lat', { width: ['lat', 0] }), 'CYCLE', 'The nodes "lat" wait for each other in a circle.'],
    ['a missing input', change('ks', { denoise: undefined }), 'INPUT_MISSING', 'Node ks (KSampler) lacks its input "denoise".'],
    ['a missing link', change('ks', { model: undefined }), 'INPUT_MISSING', 'lacks its input "model"'],
    ['a value for a link', change('ks', { model: 'sdxl' }), 'INPUT_TYPE', 'must be linked to a node that gives MODEL'],
    ['text for a number', change('ks', { steps: 'many' }), 'INPUT_TYPE', 'must be a whole number, not "many"'],
    ['an object for text', change('pos', { text: {} }), 'INPUT_TYPE', 'must be text'],
    ['a list for a choice', change('ks', { sampler_name: ['euler'] }), 'INPUT_TYPE', 'must be one of the server\'s choices'],
    ['a number that is too large', change('ks', { cfg: 101 }), 'INPUT_RANGE', 'is 101, outside 0 to 100'],
    ['a choice that the server lacks', change('ks', { sampler_name: 'magic' }), 'INPUT_CHOICE', 'is "magic", which this server does not offer'],
    ['a node without inputs', { ...sdxl.graph, lost: { class_type: 'VAEDecode' } }, 'NODE_BROKEN', 'Node "lost" has no class or no inputs.'],
    ['a node without a class', { ...sdxl.graph, lost: { inputs: {} } }, 'NODE_BROKEN', 'Node "lost" has no class or no inputs.'],
    ['a node that is null', { ...sdxl.graph, lost: null }, 'NODE_BROKEN', 'Node "lost" has no class or no inputs.'],
    ['no graph', [], 'GRAPH_UNREADABLE', 'not a graph of nodes'],
    ['an empty graph', {}, 'GRAPH_EMPTY', 'holds no nodes'],
    ['the editor\'s format', { nodes: [], links: [] }, 'EDITOR_FORMAT', 'not in API format'],
    ['too many nodes', Object.fromEntries(Array.from({ length: 20_001 }, (_, id) => [id, {}])), 'GRAPH_TOO_BIG', 'has 20001 nodes'],
  ])('%s', (_, graph, code, message) => {
    const report = checkWorkflow(graph, request);
    expect(report.isUsable).toBe(false);
    expect(report.problems.filter((problem) => problem.code === code).map((problem) => problem.message).join('\n')).toContain(message);
    expect(report.action?.kind).toBe('fix-workflow');
  });

  test('a graph that saves nothing', () => {
    const { out: _, ...rest } = sdxl.graph;
    expect(codes(rest, { manifest: undefined })).toEqual(['NO_OUTPUT']);
    expect(codes(rest)).toEqual(['MANIFEST_NODE_MISSING', 'NO_OUTPUT']);
  });

  test('all missing classes and models at once, each once, with sizes and licences', () => {
    const models: KnownModel[] = [{ id: 'sdxl', folder: 'checkpoints', file: checkpoint, bytes: 6_900_000_000, url: 'https://example.org/x', licence: 'OpenRAIL++', adverts: 'ask' }];
    const graph = { ...sdxl.graph, a: { class_type: 'MyNode', inputs: {} }, b: { class_type: 'MyNode', inputs: {} }, c: { class_type: 'Other Node', inputs: {} }, lora: { class_type: 'LoraLoaderModelOnly', inputs: { model: ['ck', 0], lora_name: 'own\\style.safetensors', strength_model: 1 } } };
    const report = checkWorkflow(graph, { objectInfo: objectInfo({ spelling: 'list' }), models });
    expect(report.missingNodeClasses).toEqual([{ className: 'MyNode', nodeIds: ['a', 'b'] }, { className: 'Other Node', nodeIds: ['c'] }]);
    expect(report.missingModels).toEqual([{ file: checkpoint, nodeIds: ['ck'], known: models[0] }, { file: 'own\\style.safetensors', nodeIds: ['lora'], known: undefined }]);
    expect(report.missingBytes).toBe(6_900_000_000);
    expect(report.summary).toBe('2 node classes and 2 models (at least 6.9 GB) are missing.');
    expect(report.problems.map(({ message }) => message)).toEqual([
      'The server has no node "MyNode".', 'The server has no node "Other Node".',
      'The model "sd_xl_base_1.0.safetensors" is missing from models/checkpoints (6.9 GB, OpenRAIL++, adverts allowed under conditions).',
      'The model "own\\style.safetensors" is missing; it is not in the catalogue.',
    ]);
    expect(report.action).toEqual({ kind: 'install-nodes', text: 'Update ComfyUI, or install the node pack that brings "MyNode", "Other Node".' });
  });

  test('a model under conditions is asked about first; one that nobody offers is added by hand', () => {
    const model: KnownModel = { id: 'sdxl', folder: 'checkpoints', file: checkpoint, bytes: 1e9, url: 'https://example.org/x', licence: 'X', adverts: 'ask' };
    const act = (known: KnownModel) => checkWorkflow(sdxl.graph, { objectInfo: objectInfo({ spelling: 'list' }), models: [known] }).action;
    expect(act(model)).toEqual({ kind: 'download-models', text: 'Download 1.0 GB.', modelIds: ['sdxl'], asksFirst: true });
    expect(act({ ...model, adverts: 'yes' })).toMatchObject({ asksFirst: false });
    expect(act({ ...model, url: null })).toEqual({ kind: 'add-models-by-hand', text: 'Put "sd_xl_base_1.0.safetensors" into the server\'s models folder.' });
  });

  test.each([
    ['0.3.63', false], ['v0.3.63', false], ['0.3.64', true], ['0.33.0', true], ['1.0', true], ['nightly', true],
  ])('a server of version %s that is too old', (serverVersion, isUsable) => {
    const report = checkWorkflow(sdxl.graph, { ...request, serverVersion });
    expect([report.isUsable, report.action?.kind]).toEqual([isUsable, isUsable ? undefined : 'update-server']);
  });

  test.each([null, 'busy', {}, { KSampler: 1 }, []])('a server that answers %j instead of its nodes', (answer) => {
    expect(checkWorkflow(sdxl.graph, { objectInfo: answer })).toMatchObject({ isUsable: false, action: { kind: 'check-address' } });
  });
});

describe('does not complain about', () => {
  test.each<[string, Graph]>([
    ['an uploaded picture that is not there yet', { load: { class_type: 'LoadImage', inputs: { image: 'later.png' } }, save: { class_type: 'SaveImage', inputs: { images: ['load', 0], filename_prefix: 'x' } } }],
    ['numbers as text, as the server takes them', change('ks', { steps: '20', cfg: '6.5' })],
    ['an input that the class does not know', change('ks', { control_after_generate: 'fixed' })],
    ['either form of a chosen codec', Object.fromEntries(Object.entries(workflows.find(({ manifest }) => manifest.id === 'wan22-5b-text')!.graph).map(([id, node]) => {
      const { codec, ...rest } = node.inputs;
      return [id, codec === undefined ? node : { ...node, inputs: { ...rest, 'format.codec': codec } }];
    }))],
  ])('%s', (_, graph) => {
    const files = ['wan2.2_ti2v_5B_fp16.safetensors', 'umt5_xxl_fp8_e4m3fn_scaled.safetensors', 'wan2.2_vae.safetensors', checkpoint];
    expect(codes(graph, { objectInfo: objectInfo({ spelling: 'combo', modelFiles: files }), manifest: undefined })).toEqual([]);
  });
});

test('the editor\'s own widgets, growing lists and wrapped lists are taken as they are', () => {
  const own = {
    Widgets: { input: { required: { color: ['COLOR', {}], rate: ['FLOAT,INT', { default: 25 }], view: ['WEBCAM', {}], images: ['COMFY_AUTOGROW_V3', {}], names: [['a', 'b'], { multiselect: true }], remote: ['COMBO', { remote: { route: '/x' } }] } }, output: ['COMFY_MATCHTYPE_V3'] },
    SaveImage: info['SaveImage'], EmptyImage: info['EmptyImage'],
  };
  const graph = {
    plain: { class_type: 'EmptyImage', inputs: { width: 16, height: 16, batch_size: 1, color: 0 } },
    odd: { class_type: 'Widgets', inputs: { color: '#ff0000', rate: 25, view: 'x', 'images.a': ['plain', 0], names: { __value__: ['a', 'b'] }, remote: 'anything' } },
    save: { class_type: 'SaveImage', inputs: { images: ['odd', 0], filename_prefix: 'x' } },
  };
  expect(checkWorkflow(graph, { objectInfo: own }).problems).toEqual([]);
});

describe('model names', () => {
  test.each([
    ['in a subfolder', `xl/${checkpoint}`], ['in a subfolder, with the other slash', `xl\\base\\${checkpoint}`],
  ])('%s are used as the server spells them', (_, name) => {
    const report = checkWorkflow(sdxl.graph, { ...request, objectInfo: objectInfo({ spelling: 'list', modelFiles: ['other.safetensors', name] }) });
    expect(report).toMatchObject({ isUsable: true, renames: [{ nodeId: 'ck', field: 'ckpt_name', from: checkpoint, to: name }] });
    expect(applyRenames(sdxl.graph, report.renames)['ck']?.inputs['ckpt_name']).toBe(name);
    expect(sdxl.graph['ck']?.inputs['ckpt_name']).toBe(checkpoint);
  });

  test('the same path wins over the same name elsewhere, and the shortest path over longer ones', () => {
    const to = (file: string, modelFiles: string[]) => checkWorkflow(change('ck', { ckpt_name: file }), { ...request, objectInfo: objectInfo({ spelling: 'list', modelFiles }) }).renames[0]?.to;
    expect(to('a/x.safetensors', ['b/x.safetensors', 'a\\x.safetensors'])).toBe('a\\x.safetensors');
    expect(to('x.safetensors', ['deep/er/x.safetensors', 'b/x.safetensors'])).toBe('b/x.safetensors');
    expect(to('x.safetensors', ['my-x.safetensors'])).toBeUndefined();
  });
});

describe('a file that is no workflow', () => {
  test.each<[string, string, ProblemCode, string]>([
    ['11 MB', `{"a": "${'x'.repeat(11_000_000)}"}`, 'GRAPH_TOO_BIG', 'w.json is larger than 10 MB'],
    ['6 MB that are more in UTF-8', `{"a": "${'ä'.repeat(6_000_000)}"}`, 'GRAPH_TOO_BIG', 'w.json is larger than 10 MB'],
    ['cut off', '{"a": {"class_type": "KSam', 'GRAPH_UNREADABLE', 'w.json is not JSON'],
    ['nested a million deep', '['.repeat(1_000_000), 'GRAPH_UNREADABLE', 'w.json is not JSON'],
    ['a picture', '\u0089PNG', 'GRAPH_UNREADABLE', 'w.json is not JSON'],
    ['nothing', '', 'GRAPH_UNREADABLE', 'w.json is not JSON'],
  ])('%s', (_, text, code, message) => {
    const report = checkWorkflowText(text, 'w.json', request);
    expect(report.problems).toEqual([{ code, message: expect.stringContaining(message) as string }]);
    expect(report.isUsable).toBe(false);
  });

  test('a byte order mark is no fault', () => {
    expect(checkWorkflowText(`\uFEFF${JSON.stringify(sdxl.graph)}`, 'w.json', request).isUsable).toBe(true);
  });
});

test('a long chain and thousands of faults are reported without overflow and without a long list', () => {
  const chain = Object.fromEntries(Array.from({ length: 15_000 }, (_, n) => [`n${n}`, { class_type: 'VAEDecode', inputs: { samples: [`n${(n + 1) % 15_000}`, 0], vae: 'none' } }]));
  const report = checkWorkflow(chain, { objectInfo: info });
  expect(report.problems.length).toBe(MAX_PROBLEMS);
  expect(report.hiddenProblems).toBeGreaterThan(29_000);
  expect(report.problems[0]?.code).toBe('CYCLE');
});
