import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AdgenError } from '#core/contract/errors.ts';
import { applyDiff, diffProject, reverseDiff } from '#core/project/diff.ts';
import type { AdProject } from '#core/project/schema.ts';
import { exampleProject } from '#core/project/testing/example-project.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { openTestDb } from '#engine/db/test-db.ts';
import { openProject, readOlderHistory } from './open-project.ts';
import { HISTORY_PAGE, journalEdit, redoEdit, undoEdit } from './project-history.ts';
import { importProject } from './project-store.ts';

const ID = 'advert';
let db: StudioDb;
let nowMs: number;
const now = (): number => nowMs;

beforeAll(() => void (db = openTestDb()));
afterAll(async () => await db.close());
beforeEach(() => {
  db.transaction(() => db.prepare('DELETE FROM projects').run());
  importProject(db, exampleProject());
  nowMs = 1_000_000;
});

const textOf = (column = 'document'): string => (db.prepare<[], { text: string }>(`SELECT ${column} AS text FROM projects`).get() as { text: string }).text;
const rename = (name: string, mergeKey?: string): ReturnType<typeof journalEdit> => journalEdit(db, { projectId: ID, label: 'rename', ...(mergeKey ? { mergeKey } : {}), change: (document) => ({ ...document, name }) }, now);
const labels = (): string[] => openProject(db, ID).history.map(({ label, isUndone }) => `${isUndone ? '-' : '+'}${label}`);
const refusal = (work: () => unknown): AdgenError => {
  try {
    work();
  } catch (error) {
    if (error instanceof AdgenError) return error;
    throw error;
  }
  throw new Error('it was not refused');
};

/** A page edits a copy of its own, with keys in whatever order, and sends diffs. */
function pageEdit(document: AdProject, revision: number, change: (document: AdProject) => AdProject): { document: AdProject; revision: number } {
  const after = change(document);
  const diff = JSON.parse(JSON.stringify(diffProject(document, after))) as ReturnType<typeof diffProject>;
  return { document: after, revision: journalEdit(db, { projectId: ID, revision, label: 'any', change: (newest) => applyDiff(newest, diff) }, now).revision };
}

type Change = (document: AdProject) => AdProject;
const sceneAt = (at: number, change: (scene: AdProject['scenes'][number]) => AdProject['scenes'][number]): Change => (document) => ({ ...document, scenes: document.scenes.map((scene, index) => (index === at % document.scenes.length ? change(scene) : scene)) });
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.string({ maxLength: 12 }).map((name): Change => (document) => ({ ...document, name })),
  fc.tuple(fc.nat(9), fc.string({ maxLength: 12 })).map(([at, text]) => sceneAt(at, (scene) => ({ ...scene, captions: scene.captions.map((caption) => ({ ...caption, text })) }))),
  fc.tuple(fc.nat(9), fc.string({ maxLength: 12 })).map(([at, name]) => sceneAt(at, (scene) => ({ name, ...scene }))), // a new key in front: not the schema's order
  fc.tuple(fc.nat(9), fc.nat(5)).map(([at, id]) => sceneAt(at, (scene) => ({ ...scene, captions: [...scene.captions.filter((caption) => caption.id !== `c${id}`), { ...exampleProject().scenes[0]!.captions[0]!, id: `c${id}` }].slice(-12) }))),
  fc.nat(9).map((at) => sceneAt(at, (scene) => ({ ...scene, captions: scene.captions.slice(1) }))),
  fc.constant<Change>((document) => ({ ...document, products: [...document.products, { ...document.products[0]!, id: `p${document.products.length}` }].slice(-12) })),
  fc.nat(99).map((frame): Change => (document) => ({ ...document, markers: [{ label: 'm', id: `m${frame}`, frame }] })),
);

describe('a history', () => {
  test('undone to its start gives the start byte for byte, and made again gives the end', () => {
    fc.assert(fc.property(fc.array(anyChange, { maxLength: 15 }), (changes) => {
      db.transaction(() => db.prepare('DELETE FROM projects').run());
      importProject(db, exampleProject());
      const start = textOf();
      let page = { document: openProject(db, ID).document, revision: 0 };
      const states = [start];
      for (const change of changes) {
        page = pageEdit(page.document, page.revision, change);
        if (states.at(-1) !== textOf()) states.push(textOf());
      }
      const end = states.at(-1);
      for (let at = states.length - 2; at >= 0; at -= 1) {
        const { revision, edit } = undoEdit(db, ID, page.revision, now);
        page = { document: applyDiff(page.document, reverseDiff(edit.diff)), revision };
        expect(textOf()).toBe(states[at]);
      }
      expect(JSON.stringify(page.document)).toBe(start); // the page's copy as well
      expect(refusal(() => undoEdit(db, ID, page.revision)).code).toBe('NOT_FOUND');
      for (let at = 1; at < states.length; at += 1) page = { ...page, revision: redoEdit(db, ID, page.revision, now).revision };
      expect(textOf()).toBe(end);
      expect(refusal(() => redoEdit(db, ID, page.revision)).code).toBe('NOT_FOUND');
    }), { numRuns: 25 });
  });

  test('drops what was undone when a new edit is made', () => {
    rename('A');
    rename('B');
    undoEdit(db, ID, 2);
    expect(labels()).toEqual(['+rename', '-rename']);
    rename('C');
    expect(openProject(db, ID)).toMatchObject({ revision: 4, document: { name: 'C' }, card: { name: 'C' } });
    expect(labels()).toEqual(['+rename', '+rename']);
  });

  test('forgets an edit that has grown back to where it began', () => {
    rename('A');
    const before = textOf();
    rename('AB', 'name');
    expect(rename('A', 'name')).toMatchObject({ revision: 3, editId: 0 });
    expect([labels(), textOf()]).toEqual([['+rename'], before]);
    undoEdit(db, ID, 3);
    expect(openProject(db, ID).document.name).toBe(exampleProject().name);
  });

  test('extends an edit with the same key, if it is young and the newest', () => {
    const start = textOf();
    expect([rename('A', 'name').editId, rename('AB', 'name').editId, rename('ABC', 'name').editId]).toEqual([1, 1, 1].map((_, index, all) => all[index]! * openProject(db, ID).history[0]!.id));
    expect(textOf('last_good')).toBe(start);
    undoEdit(db, ID, 3);
    expect(textOf()).toBe(start);
    redoEdit(db, ID, 4);
    expect(openProject(db, ID)).toMatchObject({ document: { name: 'ABC' }, history: [{}] });
    nowMs += 5000;
    rename('ABCD', 'name');
    rename('ABCDE', 'other');
    rename('ABCDEF');
    expect(labels()).toHaveLength(4);
    undoEdit(db, ID, 8);
    rename('X', 'other'); // after an undo nothing grows
    expect(labels()).toHaveLength(4);
  });

  test('is told in parts and kept whole', () => {
    const count = HISTORY_PAGE + 5;
    db.transaction(() => Array.from({ length: count }, (_, index) => rename(`name ${index}`)));
    undoEdit(db, ID, count);
    undoEdit(db, ID, count + 1);
    const newest = openProject(db, ID);
    expect([newest.history.length, newest.hasOlder, newest.history.filter(({ isUndone }) => isUndone).length]).toEqual([HISTORY_PAGE + 2, true, 2]);
    expect(newest.history.map(({ id }) => id)).toEqual(newest.history.map(({ id }) => id).toSorted((a, b) => a - b));
    const oldest = readOlderHistory(db, ID, newest.history[0]!.id);
    expect([oldest.history.map(({ diff }) => diff.updated['project']?.[1]), oldest.hasOlder]).toEqual([[0, 1, 2].map((index) => expect.objectContaining({ name: `name ${index}` })), false]);
  });

  test('writes nothing down for an edit that changes nothing', () => {
    expect(rename('Fizzo')).toMatchObject({ revision: 0, editId: 0 });
    expect(labels()).toEqual([]);
  });
});

describe('an edit is refused', () => {
  test('when it was made on another state', () => {
    rename('A');
    expect(refusal(() => journalEdit(db, { projectId: ID, revision: 0, label: 'x', change: (document) => document }))).toMatchObject({ code: 'CONFLICT', data: { revision: 1 } });
    expect(refusal(() => undoEdit(db, ID, 0)).code).toBe('CONFLICT');
    const diff = diffProject(exampleProject(), { ...exampleProject(), name: 'B' });
    expect(refusal(() => journalEdit(db, { projectId: ID, revision: 1, label: 'x', change: (document) => applyDiff(document, diff) })).code).toBe('CONFLICT');
    expect(labels()).toHaveLength(1);
  });

  test('when the document would not be sound, with the place of the mistake, and leaves no trace', () => {
    const before = textOf();
    const edits: [Change, RegExp][] = [
      [sceneAt(0, (scene) => ({ ...scene, seed: -1 })), /scenes\[0\]\.seed/],
      [(document) => ({ ...document, durationFrames: 170 }), /durationFrames: scenes less transitions add up to 165/],
      [(document) => ({ ...document, id: 'other' }), /id of a project cannot be changed/],
      [(document) => ({ ...document, scenes: [] }), /scenes/],
      [(document) => ({ ...document, schemaVersion: 99 as 1 }), /newer version/],
    ];
    for (const [change, message] of edits) {
      const error = refusal(() => journalEdit(db, { projectId: ID, label: 'x', change }));
      expect([error.code, error.message]).toEqual(['BAD_INPUT', expect.stringMatching(message)]);
    }
    expect(textOf()).toBe(before);
    expect(openProject(db, ID)).toMatchObject({ revision: 0, history: [] });
  });
});

describe('a damaged project', () => {
  const damage = (text = textOf().slice(0, 300)): void => void db.prepare<[string]>('UPDATE projects SET document = ?').run(text);
  const kept = (): string[] => readdirSync(join(db.dataDir, 'damaged-projects')).map((name) => readFileSync(join(db.dataDir, 'damaged-projects', name), 'utf8'));

  test('opens in the last good state, says so, keeps what was there; redo brings the newest edit back', () => {
    rename('A');
    rename('B');
    damage();
    const damaged = textOf();
    const opened = openProject(db, ID);
    expect(opened).toMatchObject({ document: { name: 'A' }, revision: 3, card: { name: 'A' } });
    expect(opened.notice).toContain(join(db.dataDir, 'damaged-projects'));
    expect(kept()).toContain(damaged);
    expect(labels()).toEqual(['+rename', '-rename']);
    expect(openProject(db, ID).notice).toBe(opened.notice); // another window
    redoEdit(db, ID, 3);
    expect(openProject(db, ID)).toMatchObject({ document: { name: 'B' }, notice: null });
  });

  test('is repaired after an undo and after an edit that grew as well', () => {
    rename('A');
    rename('B');
    undoEdit(db, ID, 2);
    damage('{"schemaVersion":1}');
    expect(openProject(db, ID)).toMatchObject({ document: { name: 'B' } });
    expect(labels()).toEqual(['+rename', '+rename']);
    rename('C', 'k');
    rename('D', 'k');
    damage('');
    expect(openProject(db, ID)).toMatchObject({ document: { name: 'B' } });
    expect(labels()).toEqual(['+rename', '+rename', '-rename']);
  });

  test('refuses an edit as a conflict, so that the page loads the state that is there now', () => {
    rename('A');
    damage('[]');
    expect(refusal(() => journalEdit(db, { projectId: ID, revision: 1, label: 'x', change: (document) => document })).code).toBe('CONFLICT');
    expect(openProject(db, ID).notice).toContain('damaged');
  });

  test('without an earlier state is told, kept, and stays in the list', () => {
    damage('{"schemaVersion":1,"id":"advert"}');
    const error = refusal(() => openProject(db, ID));
    expect([error.code, error.message]).toEqual(['BAD_INPUT', expect.stringContaining('damaged-projects')]);
    expect(textOf()).toBe('{"schemaVersion":1,"id":"advert"}');
  });

  test('of a newer program is left alone', () => {
    rename('A');
    damage('{"schemaVersion":99}');
    expect(refusal(() => openProject(db, ID)).message).toContain('newer version');
    expect(textOf()).toBe('{"schemaVersion":99}');
  });

  test('with a damaged history opens without one', () => {
    rename('A');
    db.prepare("UPDATE project_edits SET diff = '{'").run();
    expect(openProject(db, ID)).toMatchObject({ document: { name: 'A' }, history: [], notice: expect.stringContaining('begins anew') });
    expect(openProject(db, ID).notice).toBeNull();
  });

  test('with a damaged old part of its history keeps the newer one', () => {
    for (const name of 'ABCD') rename(name);
    const [first, second, third] = openProject(db, ID).history;
    db.prepare<[number]>("UPDATE project_edits SET diff = '{' WHERE id = ?").run(first!.id);
    expect(readOlderHistory(db, ID, third!.id)).toEqual({ history: [], hasOlder: false });
    expect(openProject(db, ID).history.map(({ id }) => id)).not.toContain(second!.id);
    expect(labels()).toHaveLength(2);
  });
});
