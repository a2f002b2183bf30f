/** Every workflow of ours: its golden graph, its manifest, and a clean check against the nodes that it uses. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkWorkflow } from './check-workflow.ts';
import type { KnownModel } from './checking/report.ts';
import { isModelFile } from './checking/match-model.ts';
import { loadWorkflows } from './load-workflows.ts';
import { CAPABILITIES } from './manifest.ts';
import { patchWorkflow } from './patch-workflow.ts';
import { NODE_CLASSES, objectInfo } from './testing/object-info.ts';
import { STANDARD_JOB, standardInputs } from './testing/standard-inputs.ts';

const { workflows, faults } = await loadWorkflows();
const catalogue = (JSON.parse(readFileSync(join(import.meta.dirname, '../sidecar/models.json'), 'utf8')) as { models: (KnownModel & { workflows: string[]; isDefault: boolean })[] }).models;
const modelFiles = catalogue.map(({ file }) => file);

test('all load, every capability has one, and no id stands twice', () => {
  expect(faults).toEqual([]);
  expect(new Set(workflows.map(({ manifest }) => manifest.capability))).toEqual(new Set(CAPABILITIES));
  expect(new Set(workflows.map(({ manifest }) => manifest.id)).size).toBe(workflows.length);
});

test('the committed node signatures are those that are used, no more', () => {
  expect(NODE_CLASSES).toEqual([...new Set(workflows.flatMap(({ manifest }) => manifest.nodeClasses))].sort());
});

describe.each(workflows.map((workflow) => [workflow.manifest.id, workflow] as const))('%s', (id, { manifest, graph, folder }) => {
  test('lies in the folder of its name and gives its golden graph', async () => {
    expect(basename(folder)).toBe(id);
    const patched = patchWorkflow({ graph, manifest, values: standardInputs(manifest), jobId: STANDARD_JOB });
    const lines = Object.entries(patched).map(([node, content]) => `  ${JSON.stringify(node)}: ${JSON.stringify(content)}`);
    await expect(`{\n${lines.join(',\n')}\n}\n`).toMatchFileSnapshot(join(folder, 'golden.json'));
  });

  test.each(['list', 'combo'] as const)('checks clean as it is and patched, choices spelled as %s', (spelling) => {
    const request = { objectInfo: objectInfo({ spelling, modelFiles }), manifest, serverVersion: '0.33.0' };
    const patched = patchWorkflow({ graph, manifest, values: standardInputs(manifest), jobId: STANDARD_JOB });
    for (const checked of [graph, patched]) expect(checkWorkflow(checked, request)).toMatchObject({ isUsable: true, problems: [], renames: [], action: undefined });
  });

  test('the manifest says what the graph holds', () => {
    expect(manifest.nodeClasses).toEqual([...new Set(Object.values(graph).map((node) => node.class_type))].sort());
    for (const input of Object.values(manifest.inputs)) {
      for (const { node, field } of input.targets) {
        expect(graph[node]?.inputs).toHaveProperty([field]);
        if ('default' in input && input.default !== undefined) expect(graph[node]?.inputs[field]).toEqual(input.default);
      }
    }
    for (const output of Object.values(manifest.outputs)) expect(graph[output.node]?.inputs).toHaveProperty([output.prefixField]);
  });

  test('names its models in the catalogue, which names it back', () => {
    const needed = Object.values(graph).flatMap((node) => Object.values(node.inputs)).filter((value) => typeof value === 'string' && isModelFile(value));
    const listed = manifest.models.map((model) => catalogue.find((entry) => entry.id === model));
    expect(listed.map((model) => model?.file).sort()).toEqual([...new Set(needed)].sort());
    expect(catalogue.filter((model) => model.workflows.includes(id)).map((model) => model.id).sort()).toEqual([...manifest.models].sort());
    expect(listed.every((model) => model?.isDefault)).toBe(true);
  });

  test('without any weights, all of its models are reported at once', () => {
    const report = checkWorkflow(graph, { objectInfo: objectInfo({ spelling: 'list' }), manifest, models: catalogue });
    expect(report.missingModels.map((model) => model.known?.id).sort()).toEqual([...manifest.models].sort());
    expect(report.isUsable).toBe(manifest.models.length === 0);
    if (manifest.models.length > 0) expect(report.action).toMatchObject({ kind: 'download-models', asksFirst: false });
  });
});
