import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AdgenError } from '../contract/errors.ts';
import { liftDocument, migrateAdProject, type Lifts } from './migrate.ts';
import { exampleProject } from './testing/example-project.ts';

function problemOf(run: () => unknown): AdgenError {
  try {
    run();
  } catch (error) {
    if (error instanceof AdgenError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('migrateAdProject', () => {
  it('leaves a current document as it is, from an object or from text', () => {
    const project = exampleProject();
    expect(migrateAdProject(project)).toEqual(project);
    expect(JSON.stringify(migrateAdProject(`\ufeff${JSON.stringify(project)}`))).toBe(JSON.stringify(migrateAdProject(project)));
  });

  it('asks to update the program for a newer document', () => {
    const error = problemOf(() => migrateAdProject({ ...exampleProject(), schemaVersion: 7 }));
    expect(error.code).toBe('BAD_INPUT');
    expect(error.message).toMatch(/newer version .* 7.*Update the program/);
  });

  it('names the places that are wrong', () => {
    const project = exampleProject();
    const broken = { ...project, name: 5, scenes: [{ ...project.scenes[0], seed: -1 }, project.scenes[1]] };
    expect(problemOf(() => migrateAdProject(broken)).message).toMatch(/name: .*scenes\[0\]\.seed: /);
  });

  it('finds parts that do not fit each other', () => {
    const project = exampleProject();
    expect(problemOf(() => migrateAdProject({ ...project, durationFrames: 200 })).message).toContain('durationFrames: scenes less transitions add up to 165 frames, not 200');
    expect(problemOf(() => migrateAdProject({ ...project, products: [{ ...project.products[0], id: 'other' }] })).message).toContain('there is no product "can"');
    expect(problemOf(() => migrateAdProject({ ...project, renditions: [project.renditions[0], project.renditions[0]] })).message).toContain('renditions[1].id: the id "v" is used twice');
  });

  it('refuses anything that is not a project with one sentence', () => {
    for (const raw of [null, undefined, 3, [], '', '{', '[]', {}, { schemaVersion: '1' }, { schemaVersion: 1.5 }, { schemaVersion: 0 }, { schemaVersion: -1 }]) {
      expect(problemOf(() => migrateAdProject(raw)).code).toBe('BAD_INPUT');
    }
    fc.assert(fc.property(fc.oneof(fc.anything(), fc.json()), (raw) => problemOf(() => migrateAdProject(raw)).code === 'BAD_INPUT'));
  });
});

describe('liftDocument', () => {
  const lifts: Lifts = {
    1: (document) => ({ ...document, title: document.name }),
    2: ({ name: _name, ...rest }) => rest,
    3: (document) => ({ ...document, tags: [] }),
  };

  it('lifts any older version to the same document as lifting one step at a time', () => {
    fc.assert(fc.property(fc.string(), fc.integer({ min: 1, max: 4 }), (name, target) => {
      const document = { schemaVersion: 1, name };
      let stepwise: Record<string, unknown> = document;
      for (let version = 2; version <= target; version++) stepwise = liftDocument(stepwise, lifts, version);
      expect(liftDocument(document, lifts, target)).toEqual(stepwise);
      expect(liftDocument(stepwise, lifts, target)).toEqual(stepwise);
      expect(document).toEqual({ schemaVersion: 1, name });
    }));
  });
});
