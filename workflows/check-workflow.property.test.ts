/** Random damage to sound graphs is always reported, and nothing that a file or a server can hold makes the check throw. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkWorkflow, checkWorkflowText } from './check-workflow.ts';
import { isModelFile } from './checking/match-model.ts';
import { isLink } from './graph.ts';
import type { Graph, GraphNode } from './graph.ts';
import { loadWorkflows } from './load-workflows.ts';
import { readNodeClass } from './object-info.ts';
import type { InputSpec } from './object-info.ts';
import { objectInfo } from './testing/object-info.ts';

const { workflows } = await loadWorkflows();
const modelFiles = workflows.flatMap(({ graph }) => Object.values(graph)).flatMap((node) => Object.values(node.inputs)).filter((value) => typeof value === 'string').filter(isModelFile);
const INFO = { list: objectInfo({ spelling: 'list', modelFiles }), combo: objectInfo({ spelling: 'combo', modelFiles }) };

const KINDS = ['drop-node', 'drop-required', 'unknown-class', 'no-inputs', 'lost-link', 'output-out-of-range', 'self-link', 'value-for-link', 'wrong-type', 'object-value', 'out-of-range', 'unknown-choice', 'model-gone'] as const;

/** Damages one place of the graph; undefined where the graph has no place for that kind of damage. */
function damage(graph: Graph, kind: (typeof KINDS)[number], pick: (count: number) => number): Graph | undefined {
  const choose = <T>(items: readonly T[]): T | undefined => (items.length === 0 ? undefined : items[pick(items.length)]);
  const places = Object.entries(graph).flatMap(([id, node]) => Object.entries(node.inputs).map(([field, value]) => ({ id, node, field, value, spec: specOf(node, field) })));
  const links = places.filter(({ value }) => isLink(value));
  const set = (place: { id: string; node: GraphNode; field: string } | undefined, value: unknown): Graph | undefined => place && { ...graph, [place.id]: { ...place.node, inputs: { ...place.node.inputs, [place.field]: value } } };
  switch (kind) {
    case 'drop-node': {
      const used = choose(links);
      const source = isLink(used?.value) ? used.value[0] : undefined;
      return source === undefined ? undefined : Object.fromEntries(Object.entries(graph).filter(([id]) => id !== source));
    }
    case 'drop-required': {
      const place = choose(places.filter(({ spec }) => spec?.isRequired));
      return place && { ...graph, [place.id]: { ...place.node, inputs: Object.fromEntries(Object.entries(place.node.inputs).filter(([field]) => field !== place.field)) } };
    }
    case 'unknown-class': {
      const place = choose(places);
      return place && { ...graph, [place.id]: { ...place.node, class_type: `${place.node.class_type}X` } };
    }
    case 'no-inputs': {
      const place = choose(places);
      return place && { ...graph, [place.id]: { class_type: place.node.class_type } as GraphNode };
    }
    case 'lost-link': return set(choose(links), ['no such node', 0]);
    case 'output-out-of-range': {
      const place = choose(links);
      return set(place, [isLink(place?.value) ? place.value[0] : '', 99]);
    }
    case 'self-link': {
      const place = choose(links);
      return set(place, [place?.id, 0]);
    }
    case 'value-for-link': return set(choose(links.filter(({ spec }) => spec?.kind === 'link')), 'not a link');
    case 'wrong-type': {
      const place = choose(links.filter(({ spec }) => spec?.kind === 'link'));
      const other = choose(Object.entries(graph).filter(([, node]) => {
        const type = readNodeClass(INFO.combo, node.class_type)?.outputs[0];
        return type !== undefined && type !== place?.spec?.type;
      }));
      return other && set(place, [other[0], 0]);
    }
    case 'object-value': return set(choose(places.filter(({ value, spec }) => !isLink(value) && spec && spec.kind !== 'any' && !spec.isUpload)), { nested: [1] });
    case 'out-of-range': {
      const place = choose(places.filter(({ value, spec }) => typeof value === 'number' && spec?.max !== undefined && spec.max < 1e15));
      return set(place, (place?.spec?.max ?? 0) + 1);
    }
    case 'unknown-choice': return set(choose(places.filter(({ value, spec }) => spec?.kind === 'choice' && !spec.isUpload && !isModelFile(String(value)))), 'no such choice');
    case 'model-gone': return set(choose(places.filter(({ value }) => typeof value === 'string' && isModelFile(value))), 'no-such-model.safetensors');
  }
}

function specOf(node: GraphNode, field: string): InputSpec | undefined {
  return readNodeClass(INFO.combo, node.class_type)?.inputs.get(field);
}

test('random damage is always reported, in both spellings', () => {
  const kinds = fc.constantFrom(...KINDS);
  fc.assert(fc.property(fc.constantFrom(...workflows), fc.array(kinds, { minLength: 1, maxLength: 3 }), fc.infiniteStream(fc.nat()), fc.constantFrom('list' as const, 'combo' as const), ({ graph }, chosen, numbers, spelling) => {
    const damaged = chosen.reduce<Graph>((current, kind) => {
      // Later damage needs sound nodes to work on.
      const sound = Object.values(current).every((node) => node.inputs !== undefined);
      return (sound ? damage(current, kind, (count) => (numbers.next().value ?? 0) % count) : undefined) ?? current;
    }, graph);
    fc.pre(damaged !== graph);
    const report = checkWorkflow(damaged, { objectInfo: INFO[spelling] });
    expect(report.isUsable).toBe(false);
    expect(report.problems.length).toBeGreaterThan(0);
    expect(report.summary).not.toBe('Ready to use.');
    expect(report.action?.text).toMatch(/\.$/);
  }), { numRuns: 1500 });
});

test('each kind of damage alone is reported on every workflow that has a place for it', () => {
  for (const { graph } of workflows) {
    for (const kind of KINDS) {
      const damaged = damage(graph, kind, () => 0);
      if (damaged) expect([kind, checkWorkflow(damaged, { objectInfo: INFO.combo }).isUsable]).toEqual([kind, false]);
    }
  }
});

test('it never throws, whatever the graph and the server are', () => {
  const anything = fc.anything({ withNullPrototype: true, withSparseArray: true, maxDepth: 4 });
  const link = fc.tuple(fc.constantFrom('a', 'b', '__proto__', 'constructor'), fc.integer({ min: -2, max: 3 }));
  const node = fc.record({ class_type: fc.constantFrom('KSampler', 'SaveImage', 'SaveVideo', 'toString', '__proto__', ''), inputs: fc.dictionary(fc.constantFrom('model', 'images', 'format', 'format.codec', 'seed', '__proto__'), fc.oneof(link, anything)) }, { requiredKeys: [] });
  const graph = fc.oneof(anything, fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'constructor'), fc.oneof(node, anything)));
  const nodeClass = fc.record({ input: fc.oneof(anything, fc.record({ required: fc.dictionary(fc.constantFrom('model', 'images', 'format'), fc.oneof(anything, fc.tuple(fc.oneof(anything, fc.constantFrom('INT', 'COMBO', 'COMFY_DYNAMICCOMBO_V3', 'constructor')), anything))) })), output: anything, output_node: anything });
  const info = fc.oneof(anything, fc.constant(INFO.combo), fc.dictionary(fc.constantFrom('KSampler', 'SaveImage', 'SaveVideo'), fc.oneof(nodeClass, anything)));
  fc.assert(fc.property(graph, info, fc.option(fc.constantFrom(...workflows)), (value, objectInfoValue, workflow) => {
    const report = checkWorkflow(value, { objectInfo: objectInfoValue, ...(workflow ? { manifest: workflow.manifest } : {}) });
    expect(report.isUsable).toBe(report.problems.length === 0);
  }), { numRuns: 1500 });
});

test('it never throws, whatever the file holds', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
    expect(typeof checkWorkflowText(text, 'w.json', { objectInfo: INFO.list }).summary).toBe('string');
  }));
});
