import { describe, expect, test } from 'vitest';
import { AdgenError } from '#core/contract/errors.ts';
import { encodePreview, parsePreview } from './binary-frames.ts';
import { parseEvent } from './events.ts';
import { engineError, reasonOf } from './failures.ts';
import { graphSchema, prepareGraph, readLink } from './graph.ts';
import { findInHistory, findInQueue, historySchema, jobAnswerSchema, queueSchema, readJob } from './jobs.ts';
import { objectInfoSchema } from './object-info.ts';
import { listOutputs } from './outputs.ts';
import { readPromptReply } from './prompt-reply.ts';
import { judgeServer, NONCE_FLAG } from './system.ts';
import { compareVersions, isNewerThanKnown, isTooOld, parseVersion } from './version.ts';

const ID = '8b2f5c1e-0000-4000-8000-000000000001';

describe('versions', () => {
  test.each([
    ['0.33.0', { major: 0, minor: 33, patch: 0 }], ['v0.3.64', { major: 0, minor: 3, patch: 64 }], ['0.3.64-12-gabcdef', { major: 0, minor: 3, patch: 64 }],
    ['0.38', { major: 0, minor: 38, patch: 0 }], ['nightly', undefined], ['', undefined], ['99999999999.1', undefined],
  ])('%s', (text, expected) => expect(parseVersion(text)).toEqual(expected));

  test.each([['0.3.63', true], ['0.3.64', false], ['0.4.0', false], ['1.0.0', false]])('%s is too old: %s', (text, expected) => expect(isTooOld(parseVersion(text) ?? { major: 0, minor: 0, patch: 0 })).toBe(expected));
  test.each([['0.38.7', false], ['0.39.0', true], ['1.0.0', true]])('%s is newer than known: %s', (text, expected) => expect(isNewerThanKnown(parseVersion(text) ?? { major: 0, minor: 0, patch: 0 })).toBe(expected));
  test('are ordered as numbers', () => expect(compareVersions({ major: 0, minor: 3, patch: 9 }, { major: 0, minor: 3, patch: 64 })).toBeLessThan(0));
});

describe('who answers', () => {
  const stats = (version: unknown) => ({ system: { comfyui_version: version, argv: ['main.py'], something: 'new' }, devices: [{ name: 'cuda:0', type: 'cuda', vram_total: 1, vram_free: 1, torch_vram_total: 1 }, 'odd'] });
  const judge = (body: unknown, features: unknown = {}, nonce?: string) => {
    try {
      return judgeServer({ url: 'http://x', stats: body, features }, nonce).version;
    } catch (error) {
      return reasonOf(error);
    }
  };
  test.each<[string, unknown, unknown, string | undefined, string]>([
    ['a ComfyUI', stats('0.33.0'), {}, undefined, '0.33.0'],
    ['one without /features', stats('0.3.64'), undefined, undefined, '0.3.64'],
    ['an old one', stats('0.3.40'), {}, undefined, 'ENGINE_OLD'],
    ['one that does not say', stats(undefined), {}, undefined, 'ENGINE_OLD'],
    ['ours', stats('0.33.0'), { [NONCE_FLAG]: 'n' }, 'n', '0.33.0'],
    ['somebody else\'s', stats('0.33.0'), {}, 'n', 'ENGINE_FOREIGN'],
    ['another service', { status: 'ok' }, {}, undefined, 'NOT_COMFYUI'],
    ['a web page', undefined, undefined, undefined, 'NOT_COMFYUI'],
    ['a list', [], {}, undefined, 'NOT_COMFYUI'],
  ])('%s', (_, body, features, nonce, expected) => expect(judge(body, features, nonce)).toBe(expected));
});

describe('the answer to a prompt', () => {
  const reason = (status: number, body: unknown): string | undefined => {
    const reply = readPromptReply(status, body);
    return reply.kind === 'rejected' ? reasonOf(reply.error) : reply.kind;
  };
  const complaint = (type: string, input?: string) => ({ type, message: 'm', details: 'd', extra_info: input === undefined ? {} : { input_name: input, received_value: 1 } });
  const failed = (type: string, input?: string) => ({ error: complaint('prompt_outputs_failed_validation'), node_errors: { 7: { errors: [complaint(type, input)], dependent_outputs: ['9'], class_type: 'X' } } });
  test.each<[string, number, unknown, string]>([
    ['taken', 200, { prompt_id: ID, number: 3, node_errors: {} }, 'accepted'],
    ['taken, errors as an empty list', 200, { prompt_id: ID, node_errors: [] }, 'accepted'],
    ['taken in part', 200, { prompt_id: ID, node_errors: failed('value_not_in_list', 'method').node_errors }, 'JOB_INVALID'],
    ['a missing node', 400, { error: complaint('missing_node_type'), node_errors: [] }, 'NODE_MISSING'],
    ['a missing node of 0.3.64', 400, { error: { type: 'invalid_prompt', message: 'Cannot execute because node Nope does not exist.', details: "Node ID '#x'", extra_info: {} }, node_errors: [] }, 'NODE_MISSING'],
    ['a node without a class of 0.3.64', 400, { error: { type: 'invalid_prompt', message: 'Cannot execute because a node is missing the class_type property.', details: "Node ID '#x'", extra_info: {} }, node_errors: [] }, 'JOB_INVALID'],
    ['a missing model', 400, failed('value_not_in_list', 'unet_name'), 'MODEL_MISSING'],
    ['a missing second text encoder', 400, failed('value_not_in_list', 'clip_name2'), 'MODEL_MISSING'],
    ['a sampler that is none', 400, failed('value_not_in_list', 'sampler_name'), 'JOB_INVALID'],
    ['a number out of range', 400, failed('value_bigger_than_max', 'steps'), 'JOB_INVALID'],
    ['an error as text', 400, { error: 'no', node_errors: {} }, 'JOB_INVALID'],
    ['a refusal without words', 403, undefined, 'JOB_INVALID'],
    ['too large', 413, undefined, 'JOB_INVALID'],
    ['half of an answer', 200, undefined, 'unreadable'],
    ['a page of the server\'s own failure', 500, undefined, 'unreadable'],
  ])('%s', (_, status, body, expected) => expect(reason(status, body)).toBe(expected));

  test('never quotes the list of all models', () => {
    const reply = readPromptReply(400, { error: complaint('prompt_outputs_failed_validation'), node_errors: { 7: { errors: [{ ...complaint('value_not_in_list', 'unet_name'), details: 'private.safetensors '.repeat(1000) }], class_type: 'UNETLoader' } } });
    expect(reply.kind === 'rejected' && JSON.stringify([reply.error.message, reply.error.data])).not.toContain('private');
    expect(reply.kind === 'rejected' && reply.error.message).toBe('The engine refused the workflow: node 7 (UNETLoader), input unet_name: m. Download the missing models.');
  });
});

describe('a job on the server', () => {
  const outputs = { 9: { images: [{ filename: 'b.png', subfolder: 's', type: 'output' }], animated: [true] } };
  const interrupted = { status_str: 'error', completed: false, messages: [['execution_start', {}], ['execution_interrupted', {}]] };
  test.each<[string, Record<string, unknown>, string]>([
    ['pending', { status: 'pending' }, 'pending'], ['running', { status: 'in_progress' }, 'running'], ['a status of tomorrow', { status: 'paused' }, 'running'],
    ['done', { status: 'completed', outputs }, 'completed'], ['canceled', { status: 'cancelled' }, 'canceled'],
    ['failed', { status: 'failed', execution_error: { exception_type: 'X' } }, 'failed'],
    ['canceled before 0.9', { status: 'failed', execution_status: interrupted }, 'canceled'],
  ])('%s', (_, fields, expected) => expect(readJob(jobAnswerSchema.parse({ id: ID, extra: 1, ...fields })).state).toBe(expected));

  test.each([['torch.OutOfMemoryError', 'JOB_OOM'], ['torch.cuda.OutOfMemoryError', 'JOB_OOM'], ['SafetensorError', 'JOB_FAILED'], ['', 'JOB_FAILED']])('an exception %s is %s', (type, expected) => {
    const job = readJob(jobAnswerSchema.parse({ id: ID, status: 'failed', execution_error: { exception_type: type, exception_message: 'first line\nsecond', node_type: 'KSampler' } }));
    expect(job.state === 'failed' && reasonOf(job.error)).toBe(expected);
    expect(job.state === 'failed' && job.error.message).not.toContain('second');
  });

  test('is found in the queue and in the history of servers without a job list', () => {
    const queue = queueSchema.parse({ queue_running: [[0, 'r', {}, {}, []]], queue_pending: [[1, 'p', {}, {}, []]] });
    expect(['r', 'p', 'x'].map((id) => findInQueue(queue, id)?.state)).toEqual(['running', 'pending', undefined]);
    const history = historySchema.parse({ d: { outputs, status: { status_str: 'success', completed: true, messages: [] } }, i: { outputs: {}, status: interrupted }, e: { outputs: {}, status: { status_str: 'error', messages: [['execution_error', { exception_type: 'torch.OutOfMemoryError' }]] } } });
    expect(['d', 'i', 'e', 'x'].map((id) => findInHistory(history, id)?.state)).toEqual(['completed', 'canceled', 'failed', undefined]);
  });

  test('its files are found under any key, in an order of our own', () => {
    const files = listOutputs({ 9: { audio: [{ filename: 'm.flac', subfolder: '', type: 'output' }] }, 10: { images: [{ filename: 'c.mp4', subfolder: 'x', type: 'output' }], animated: [true], text: ['hello'] }, 2: { odd: [{ filename: 'p.png', type: 'temp' }, { filename: 'p.png', type: 'temp' }] }, 3: null });
    expect(files.map((file) => `${file.nodeId} ${file.kind} ${file.type} ${file.subfolder}/${file.filename}`)).toEqual(['10 video output x/c.mp4', '2 image temp /p.png', '9 audio output /m.flac']);
  });
});

describe('events', () => {
  const event = (type: string, data: unknown) => parseEvent(JSON.stringify({ type, data }));
  test.each<[string, unknown, unknown]>([
    ['status', { status: { exec_info: { queue_remaining: 2 } }, sid: 'x' }, { type: 'status', remaining: 2 }],
    ['execution_start', { prompt_id: ID, timestamp: 1 }, { type: 'started', promptId: ID }],
    ['execution_cached', { prompt_id: ID, nodes: ['1', 2] }, { type: 'cached', promptId: ID, nodes: ['1', '2'] }],
    ['progress_state', { prompt_id: ID, nodes: { 5: { value: 1, max: 4, state: 'running' } } }, { type: 'nodes', promptId: ID, nodes: { 5: { value: 1, max: 4, isFinished: false } } }],
    ['executing', { node: '5', prompt_id: ID }, { type: 'node', promptId: ID, node: '5' }],
    ['executing', { node: '5' }, { type: 'node', promptId: undefined, node: '5' }],
    ['executing', { node: null, prompt_id: ID }, { type: 'ended', promptId: ID, hasHistory: true }],
    ['progress', { value: 3, max: 20, prompt_id: ID, node: '5' }, { type: 'step', promptId: ID, node: '5', value: 3, max: 20 }],
    ['execution_error', { prompt_id: ID, traceback: [] }, { type: 'ended', promptId: ID, hasHistory: false }],
    ['something_new', { a: 1 }, { type: 'other', name: 'something_new' }],
    ['progress', { value: 'many' }, undefined],
    ['execution_start', {}, undefined],
  ])('%s %o', (type, data, expected) => expect(event(type, data)).toEqual(expected));

  test.each(['', '{', '[]', '"x"', '{"type":1}'])('%s is dropped', (text) => expect(parseEvent(text)).toBeUndefined());
});

describe('binary frames', () => {
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4]);
  const about = { promptId: ID, nodeId: '5' };
  test('with and without metadata', () => {
    expect(parsePreview(encodePreview(jpeg, 'jpeg', about))).toEqual({ mime: 'image/jpeg', image: jpeg, ...about });
    expect(parsePreview(encodePreview(jpeg, 'jpeg'))).toEqual({ mime: 'image/jpeg', image: jpeg });
  });

  test('cut anywhere they are dropped or shorter, never an error', () => {
    const frame = encodePreview(jpeg, 'jpeg', about);
    for (let length = 0; length < frame.length - jpeg.length + 3; length++) expect(parsePreview(frame.subarray(0, length))).toBeUndefined();
  });

  test.each<[string, Buffer]>([
    ['text', Buffer.from([0, 0, 0, 3, 0, 0, 0, 1, 65, 66])], ['unknown', Buffer.from([0, 0, 0, 9, 0, 0, 0, 1, 65, 66])],
    ['metadata that claims gigabytes', Buffer.from([0, 0, 0, 4, 0xff, 0xff, 0xff, 0xff, 1, 2, 3])], ['no picture', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 60, 104, 116, 109, 108])],
  ])('%s is dropped', (_, frame) => expect(parsePreview(frame)).toBeUndefined());
});

describe('graphs and nodes', () => {
  test('every saving node gets a folder of its own, whatever its prefix was', () => {
    const graph = graphSchema.parse({ a: { class_type: 'SaveImage', inputs: { filename_prefix: '../../x/scene', images: ['b', 0] } }, b: { class_type: 'EmptyImage' }, c: { class_type: 'SaveVideo', inputs: { filename_prefix: '..' } } });
    const prepared = prepareGraph(graph, ID);
    expect(prepared['a']?.inputs['filename_prefix']).toBe(`adgen/${ID}/scene`);
    expect(prepared['c']?.inputs['filename_prefix']).toBe(`adgen/${ID}/out`);
    expect(prepared['b']).toEqual({ class_type: 'EmptyImage', inputs: {} });
    expect(graph['a']?.inputs['filename_prefix']).toBe('../../x/scene');
  });

  test.each<[unknown, unknown]>([[['a', 0], { from: 'a', index: 0 }], [['a'], undefined], [['a', 1.5], undefined], [[1, 0], undefined], ['a', undefined]])('link %o', (value, expected) => expect(readLink(value)).toEqual(expected));

  test.each<[string, unknown, boolean]>([
    ['nodes', { SaveImage: { input: { required: {} }, output: [] } }, true],
    ['a broken one among them', { Broken: { input: 'x' }, SaveImage: { input: {}, output: [] } }, true],
    ['none', {}, false],
    ['only broken ones', { Broken: null }, false],
    ['a list', [], false],
    ['another service', { status: 'ok' }, false],
  ])('object_info: %s', (_, body, expected) => expect(objectInfoSchema.safeParse(body).success).toBe(expected));
});

test('a failure is one sentence and one action, under a stable name', () => {
  const error = engineError('ENGINE_UNREACHABLE', 'http://x cannot be reached.', { data: { port: 1 } });
  expect(error).toBeInstanceOf(AdgenError);
  expect(error.message).toBe('http://x cannot be reached. Check that the engine is running, then try again.');
  expect([reasonOf(error), reasonOf(new Error('x')), error.isTransient, error.data['port']]).toEqual(['ENGINE_UNREACHABLE', undefined, true, 1]);
});
