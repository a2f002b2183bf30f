import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EngineEvent } from '#sidecar/protocol/events.ts';
import { advanceProgress, restartProgress, startProgress } from './progress.ts';

const graph = { load: { class_type: 'UNETLoader', inputs: {} }, sample: { class_type: 'KSampler', inputs: {} }, pick: { class_type: 'KSamplerSelect', inputs: {} }, save: { class_type: 'SaveImage', inputs: {} } };
const step = (node: string, value: number, max = 10): EngineEvent => ({ type: 'step', promptId: 'x', node, value, max });

test('a sampler weighs more than a node that only picks it', () => {
  expect(startProgress(graph).weights).toEqual({ load: 3, sample: 20, pick: 1, save: 1 });
  expect(advanceProgress(startProgress(graph), step('sample', 5)).value).toBeCloseTo(10 / 25);
});

test('what the server has in its cache does not count', () => {
  const cached = advanceProgress(startProgress(graph), { type: 'cached', promptId: 'x', nodes: ['load', 'pick'] });
  expect(advanceProgress(cached, step('sample', 5)).value).toBeCloseTo(10 / 21);
});

test('everything done is not yet a result', () => {
  const all = Object.keys(graph).reduce((progress, node) => advanceProgress(progress, step(node, 10)), startProgress(graph));
  expect(all.value).toBe(0.99);
});

test('whatever a server sends, it never goes back and stays within 0 and 1', () => {
  const node = fc.constantFrom('load', 'sample', 'save', 'unknown');
  const amount = fc.double({ noNaN: true, min: -100, max: 100 });
  const event: fc.Arbitrary<EngineEvent> = fc.oneof(
    fc.record({ type: fc.constant('step' as const), promptId: fc.constant('x'), node, value: amount, max: amount }),
    fc.record({ type: fc.constant('cached' as const), promptId: fc.constant('x'), nodes: fc.array(node) }),
    fc.record({ type: fc.constant('nodes' as const), promptId: fc.constant('x'), nodes: fc.dictionary(node, fc.record({ value: amount, max: amount, isFinished: fc.boolean() })) }),
  );
  fc.assert(fc.property(fc.array(fc.tuple(event, fc.boolean())), (events) => {
    let progress = startProgress(graph);
    for (const [next, isRestart] of events) {
      const later = advanceProgress(isRestart ? restartProgress(progress) : progress, next);
      expect(later.value).toBeGreaterThanOrEqual(progress.value);
      expect(later.value).toBeLessThanOrEqual(0.99);
      progress = later;
    }
  }), { numRuns: 200 });
});
