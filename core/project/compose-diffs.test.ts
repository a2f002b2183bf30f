import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { composeDiffs } from './compose-diffs.ts';
import { applyDiff, diffProject, isEmptyDiff, reverseDiff } from './diff.ts';
import type { AdProject } from './schema.ts';
import { exampleProject } from './testing/example-project.ts';

const change: fc.Arbitrary<(project: AdProject) => AdProject> = fc.oneof(
  fc.constantFrom('Fizzo', 'A', 'B').map((name) => (project: AdProject) => ({ ...project, name })),
  fc.nat(3).map((id) => (project: AdProject) => ({ ...project, renditions: [...project.renditions.filter((one) => one.id !== `r${id}`), { id: `r${id}`, kind: 'still' as const, ratio: '1:1' as const }] })),
  fc.nat(3).map((id) => (project: AdProject) => ({ ...project, renditions: project.renditions.filter((one) => one.id !== `r${id}`) })),
  fc.constantFrom(3, 4).map((seed) => (project: AdProject) => ({ ...project, scenes: project.scenes.map((scene) => ({ ...scene, seed })) })),
);

it('two edits in one do what both did, and reversed they give the start byte for byte', () => {
  fc.assert(fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), fc.array(change, { minLength: 1, maxLength: 6 }), (earlier, later) => {
    const start = exampleProject();
    const steps = [...earlier, ...later].reduce<AdProject[]>((states, edit) => [...states, edit(states.at(-1) ?? start)], [start]);
    const diffs = steps.slice(1).map((after, at) => diffProject(steps[at] ?? start, after));
    const whole = diffs.reduce(composeDiffs);
    const end = steps.at(-1) ?? start;
    expect(JSON.stringify(applyDiff(start, whole))).toBe(JSON.stringify(end));
    expect(JSON.stringify(applyDiff(end, reverseDiff(whole)))).toBe(JSON.stringify(start));
    expect(isEmptyDiff(whole)).toBe(JSON.stringify(start) === JSON.stringify(end));
  }));
});
