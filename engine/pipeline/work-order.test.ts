import { expect, test } from 'vitest';
import { sampleProject } from '#core/composition/testing/sample-film.ts';
import { segmentsOf } from '#core/composition/timeline.ts';
import { scenesOf, workOrder } from './work-order.ts';

const project = sampleProject();
const segments = segmentsOf(project);

test('a scene is made when the first segment that shows it is due, not earlier', () => {
  const order = workOrder(project, 0);
  for (const [index, segment] of segments.entries()) {
    const shown = scenesOf(segment).map((scene) => order.scene(scene));
    expect(Math.max(...shown)).toBeLessThanOrEqual(order.segment(index));
  }
  for (const [index, scene] of project.scenes.entries()) {
    const first = segments.findIndex((segment) => scenesOf(segment).includes(index));
    expect(order.scene(index), scene.id).toBe(order.segment(first));
  }
});

test('everything of a ratio comes before anything of the next, and after what has no order', () => {
  const [first, second] = [workOrder(project, 0), workOrder(project, 1)];
  expect(first.scene(0)).toBeGreaterThan(0);
  expect(first.rest).toBeGreaterThan(first.segment(segments.length - 1));
  expect(second.scene(0)).toBeGreaterThan(first.rest);
});
