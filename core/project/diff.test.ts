import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AdgenError } from '../contract/errors.ts';
import { applyDiff, diffProject, isEmptyDiff, reverseDiff } from './diff.ts';
import { adProjectSchema, type AdProject } from './schema.ts';
import { exampleProject } from './testing/example-project.ts';

/** One random edit as a user might make it; the document stays valid for the schema. */
type Edit = (project: AdProject) => AdProject;

const text = fc.string({ maxLength: 20 });
const index = fc.nat({ max: 20 });
const edit: fc.Arbitrary<Edit> = fc.oneof(
  text.map((name): Edit => (project) => ({ ...project, name })),
  fc.tuple(index, text).map(([at, caption]): Edit => (project) => onScene(project, at, (scene) => ({ ...scene, captions: scene.captions.map((entry, i) => (i === at % scene.captions.length ? { ...entry, text: caption } : entry)) }))),
  index.map((at): Edit => (project) => onScene(project, at, (scene) => ({ ...scene, captions: scene.captions.slice(1) }))),
  fc.tuple(index, fc.nat({ max: 99 })).map(([at, id]): Edit => (project) => onScene(project, at, (scene) => ({ ...scene, captions: [{ ...exampleProject().scenes[0]!.captions[0]!, id: `new${id}` }, ...scene.captions].slice(0, 12) }))),
  fc.constant<Edit>((project) => ({ ...project, scenes: [...project.scenes].reverse() })),
  fc.tuple(index, fc.nat({ max: 99 })).map(([at, id]): Edit => (project) => ({ ...project, scenes: [...project.scenes, { ...project.scenes[at % project.scenes.length]!, id: `scene_x${id}` }].slice(0, 40) })),
  index.map((at): Edit => (project) => (project.scenes.length > 1 ? { ...project, scenes: project.scenes.filter((_, i) => i !== at % project.scenes.length) } : project)),
  fc.constantFrom('bold', 'calm').map((mood): Edit => (project) => ({ ...project, soundtrack: { ...project.soundtrack, mood: mood as 'bold' | 'calm' } })),
  fc.nat({ max: 99 }).map((id): Edit => (project) => ({ ...project, renditions: [{ id: `__proto__${id}`, kind: 'still' as const, ratio: '1:1' as const }, ...project.renditions].slice(0, 24) })),
);

function onScene(project: AdProject, at: number, change: (scene: AdProject['scenes'][number]) => AdProject['scenes'][number]): AdProject {
  return { ...project, scenes: project.scenes.map((scene, i) => (i === at % project.scenes.length ? change(scene) : scene)) };
}

describe('project diffs', () => {
  it('apply to the edited document and reverse to the first one, byte for byte', () => {
    fc.assert(fc.property(fc.array(edit, { maxLength: 12 }), fc.array(edit, { maxLength: 12 }), (first, second) => {
      const before = first.reduce((project, change) => change(project), exampleProject());
      const after = second.reduce((project, change) => change(project), before);
      const diff = diffProject(before, after);
      expect(JSON.stringify(applyDiff(before, diff))).toBe(JSON.stringify(after));
      expect(JSON.stringify(applyDiff(after, reverseDiff(diff)))).toBe(JSON.stringify(before));
      expect(isEmptyDiff(diff)).toBe(JSON.stringify(before) === JSON.stringify(after));
      expect(reverseDiff(reverseDiff(diff))).toEqual(diff);
    }));
  });

  it('undo a history step by step to the start', () => {
    fc.assert(fc.property(fc.array(edit, { maxLength: 20 }), (edits) => {
      const start = exampleProject();
      let current = start;
      const history = edits.map((change) => {
        const diff = diffProject(current, change(current));
        // Through JSON, as the database keeps it.
        current = applyDiff(current, diff);
        return JSON.parse(JSON.stringify(diff)) as typeof diff;
      });
      const undone = history.reverse().reduce((project, diff) => applyDiff(project, reverseDiff(diff)), current);
      expect(JSON.stringify(undone)).toBe(JSON.stringify(start));
      adProjectSchema.parse(undone);
    }));
  });

  it('touch only what changed', () => {
    const before = exampleProject();
    const after = onScene(before, 0, (scene) => ({ ...scene, captions: scene.captions.map((caption) => ({ ...caption, text: caption.id === 'a' ? 'Hello' : caption.text })) }));
    const diff = diffProject(before, after);
    expect(Object.keys(diff.updated)).toEqual(['caption:scene_1:a']);
    expect([diff.added, diff.removed]).toEqual([{}, {}]);
  });

  it('refuse a document that was changed in the meantime', () => {
    const before = exampleProject();
    const diff = diffProject(before, { ...before, name: 'A' });
    expect(() => applyDiff({ ...before, name: 'B' }, diff)).toThrow(AdgenError);
    expect(() => applyDiff({ ...before, name: 'B' }, diff)).toThrow(/project was changed in the meantime/);
  });
});
