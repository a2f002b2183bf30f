/**
 * In which order the steps of a film start when several are ready: one ratio after the other, and in each what its next segment
 * shows, so that drawing starts early and never waits. Segments go in the film's order, so that a worker keeps its decoded
 * sources; what no segment needs comes last in its ratio.
 */
import { segmentsOf } from '#core/composition/timeline.ts';
import type { Segment } from '#core/composition/timeline.ts';
import type { AdProject } from '#core/project/schema.ts';

export interface WorkOrder {
  /** @param index in `segmentsOf` */
  segment(index: number): number;
  scene(index: number): number;
  readonly rest: number;
}

/** @param turn of the ratio: 0, 1, … */
export function workOrder(project: Pick<AdProject, 'scenes'>, turn: number): WorkOrder {
  const segments = segmentsOf(project);
  const first = 1 + turn * (segments.length + 1); // what has no order, as sprites and joining, goes before
  return {
    segment: (index) => first + index,
    scene: (index) => first + segments.findIndex((segment) => scenesOf(segment).includes(index)),
    rest: first + segments.length,
  };
}

/** Which scenes a segment shows, by index. */
export function scenesOf(segment: Segment): number[] {
  return segment.kind === 'body' ? [segment.sceneIndex] : [segment.sceneIndex, segment.sceneIndex + 1];
}
