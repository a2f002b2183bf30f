import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { graphSchema } from '#sidecar/protocol/graph.ts';
import { objectInfoSchema } from '#sidecar/protocol/object-info.ts';
import { SIGNATURES, tellObjectInfo } from './signatures.ts';
import { validatePrompt } from './validate.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const picture = (inputs: Record<string, unknown> = {}) => ({ base: { class_type: 'EmptyImage', inputs: { width: 64, height: 64, batch_size: 1, color: 0, ...inputs } } });
const save = { class_type: 'SaveImage', inputs: { images: ['base', 0], filename_prefix: 'x' } };
const validate = (graph: unknown, files: readonly string[] = []) => validatePrompt(graphSchema.parse(graph), SIGNATURES, files);

test.each(readdirSync(fixtures))('%s, which the real server takes, is taken', (name) => {
  expect(validate(JSON.parse(readFileSync(join(fixtures, name), 'utf8')), ['product.png'])).toMatchObject({ isValid: true, nodeErrors: {} });
});

describe('what the real server refuses is refused in its words', () => {
  test.each<[string, unknown, string]>([
    ['required_input_missing', { base: { class_type: 'EmptyImage', inputs: { width: 64 } }, save }, 'base'],
    ['value_smaller_than_min', { ...picture({ width: 0 }), save }, 'base'],
    ['value_bigger_than_max', { ...picture({ batch_size: 5000 }), save }, 'base'],
    ['invalid_input_type', { ...picture({ width: 'wide' }), save }, 'base'],
    ['bad_linked_input', { save }, 'save'],
    ['return_type_mismatch', { base: { class_type: 'SolidMask', inputs: { value: 1, width: 8, height: 8 } }, save }, 'save'],
    ['value_not_in_list', { ...picture(), fit: { class_type: 'ImageScale', inputs: { image: ['base', 0], upscale_method: 'magic', width: 8, height: 8, crop: 'center' } }, save: { ...save, inputs: { ...save.inputs, images: ['fit', 0] } } }, 'fit'],
    ['custom_validation_failed', { base: { class_type: 'LoadImage', inputs: { image: 'none.png' } }, save }, 'base'],
    ['dependency_cycle', { base: { class_type: 'ImageBlur', inputs: { image: ['base', 0], blur_radius: 1, sigma: 1 } }, save }, 'base'],
  ])('%s', (type, graph, node) => {
    const verdict = validate(graph);
    expect(verdict.isValid).toBe(false);
    expect(verdict.nodeErrors[node]?.errors[0]?.type).toBe(type);
    expect(verdict.nodeErrors[node]?.dependent_outputs).toEqual(['save']);
  });

  test.each<[string, unknown]>([['missing_node_type', { x: { class_type: 'Nope', inputs: {} }, ...picture(), save }], ['prompt_no_outputs', picture()]])('%s', (type, graph) => {
    const verdict = validate(graph);
    expect(!verdict.isValid && verdict.error.type).toBe(type);
  });

  test('one valid output is enough; the other is only mentioned', () => {
    const verdict = validate({ ...picture(), save, bad: { class_type: 'SaveImage', inputs: { images: ['nowhere', 0], filename_prefix: 'x' } } });
    expect(verdict).toMatchObject({ isValid: true, outputs: ['save'] });
    expect(Object.keys(verdict.nodeErrors)).toEqual(['bad']);
  });
});

test('its /object_info tells every node, with lists of files in both forms', () => {
  const nodes = objectInfoSchema.parse(JSON.parse(JSON.stringify(tellObjectInfo(SIGNATURES, ['product.png']))));
  expect(Object.keys(nodes)).toHaveLength(Object.keys(SIGNATURES).length);
  expect(nodes['LoadImage']).toMatchObject({ input: { required: { image: expect.arrayContaining([expect.arrayContaining(['product.png'])]) } } });
  expect(nodes['SaveVideo']).toMatchObject({ output_node: true });
});
