import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AdgenError } from '#core/contract/errors.ts';
import type { AdProject } from '#core/project/schema.ts';
import { exampleProject } from '#core/project/testing/example-project.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { openTestDb } from '#engine/db/test-db.ts';
import { createRun } from '#engine/jobs/run-store.ts';
import { archiveProjects, binProjects, duplicateProject, renameProject, restoreProjects, setTags } from './change-projects.ts';
import { listProjects, listTags } from './list-projects.ts';
import type { ListQuery } from './list-projects.ts';
import { openProject } from './open-project.ts';
import { journalEdit, undoEdit } from './project-history.ts';
import { findEditedProject, getProject, importProject, savePlannedProject, saveRenderedProject, saveSketchedProject, setPoster, SKETCHED } from './project-store.ts';

const POSTER = { hash: 'f'.repeat(64), name: 'still.jpg', mime: 'image/jpeg' };
let db: StudioDb;
beforeAll(() => void (db = openTestDb()));
afterAll(async () => await db.close());
beforeEach(() => db.transaction(() => ['projects', 'runs'].forEach((table) => db.prepare(`DELETE FROM ${table}`).run())));

const example = exampleProject();
function put(id: string, change: Partial<AdProject> = {}, updatedMs = 1): void {
  importProject(db, { ...example, id, name: id, ...change }, () => updatedMs);
}
const list = (query: Partial<ListQuery> = {}): string[] => listProjects(db, { query: '', show: 'active', sort: 'updated', limit: 100, offset: 0, ...query }).items.map(({ id }) => id);
const captioned = (text: string): Pick<AdProject, 'scenes'> => ({ scenes: example.scenes.map((scene, index) => (index === 0 ? { ...scene, captions: scene.captions.map((caption) => ({ ...caption, text })) } : scene)) });

describe('a list', () => {
  test('finds every word, the last one unfinished, in name, brief, copy and tags', () => {
    put('Sommer', { brief: { ...example.brief, description: 'Blutorange aus Sizilien, 330 ml' } });
    put('Mülleimer', captioned('Endlich Ordnung'));
    put('café', { brief: { ...example.brief, audience: 'People who wake up early' } });
    setTags(db, 'café', ['Spring campaign']);
    const found: [string, string[]][] = [
      ['sizilien som', ['Sommer']], ['blut', ['Sommer']], ['BLUTORANGE 330', ['Sommer']], ['330ml', []], ['orange', []],
      ['mull', ['Mülleimer']], ['Müll', ['Mülleimer']], ['ordn', ['Mülleimer']], ['ordn endlich', []], ['endlich ordn', ['Mülleimer']],
      ['cafe spring', ['café']], ['CAFÉ', ['café']], ['campaign early', ['café']], ['', ['café', 'Mülleimer', 'Sommer']], ['   ', ['café', 'Mülleimer', 'Sommer']],
    ];
    for (const [query, ids] of found) expect([query, list({ query, sort: 'name' })]).toEqual([query, ids]);
  });

  test('takes whatever is typed as words, and scripts without spaces as they stand', () => {
    put('cola', { brief: { ...example.brief, description: 'C&A "best" 100% (soda) NEAR title:x^2* 夏の新しい炭酸飲料 🍊' } });
    for (const query of ['C&A', '"best', 'best"', '100%', '(soda)', 'NEAR', 'title:x', 'x^2', '新しい', '炭酸', '🍊', 'soda 夏', '*']) expect([query, list({ query })]).toEqual([query, ['cola']]);
    for (const query of ['a" OR', '~', '_', 'OR', '新旧', "'; DROP TABLE projects; --"]) expect([query, list({ query })]).toEqual([query, []]);
    for (const query of ['\u0000', '\ud800', '\n']) expect(list({ query })).toEqual(['cola']); // nothing to look for
    expect(list()).toEqual(['cola']);
  });

  test('is in step with edits, names and tags', () => {
    put('p');
    journalEdit(db, { projectId: 'p', label: 'x', change: (document) => ({ ...document, ...captioned('Zitrone') }) });
    expect(list({ query: 'zitr' })).toEqual(['p']);
    renameProject(db, 'p', 'Limette');
    expect([list({ query: 'limette' }), getProject(db, 'p').name]).toEqual([['p'], 'Limette']);
    undoEdit(db, 'p', 2);
    undoEdit(db, 'p', 3);
    expect([list({ query: 'zitr' }), list({ query: 'limette' })]).toEqual([[], []]);
    setTags(db, 'p', ['sale']);
    expect([list({ query: 'sale' }), list({ tag: 'sale' }), list({ tag: 'sal' })]).toEqual([['p'], ['p'], []]);
    db.prepare('DELETE FROM projects').run();
    expect(list({ query: 'sale' })).toEqual([]);
    expect(db.prepare("INSERT INTO project_search (project_search, rank) VALUES ('integrity-check', 1)").run()).toBeDefined();
  });

  test('filters, sorts and pages', () => {
    put('b', { createdMs: 3 }, 1);
    put('Ä', { createdMs: 1 }, 3);
    put('c', { createdMs: 2, renditions: [{ id: 'w', kind: 'video', ratio: '16:9' }] }, 2);
    expect([list(), list({ sort: 'created' }), list({ sort: 'name' })]).toEqual([['Ä', 'c', 'b'], ['b', 'c', 'Ä'], ['Ä', 'b', 'c']]);
    expect([list({ ratio: '16:9' }), list({ ratio: '1:1' })]).toEqual([['c'], []]);
    expect(listProjects(db, { query: '', show: 'active', sort: 'name', limit: 2, offset: 2 })).toMatchObject({ items: [{ id: 'c' }], total: 3 });
    expect(listProjects(db, { query: '', show: 'active', sort: 'name', limit: 2, offset: 9 })).toEqual({ items: [], total: 3 });
  });

  test('shows the newest run of the advert, not those that draw previews', () => {
    put('p', { variant: { of: 'q', axis: 'look', label: 'x' } });
    const card = (): unknown => listProjects(db, { query: '', show: 'active', sort: 'name', limit: 1, offset: 0 }).items[0];
    expect(card()).toMatchObject({ runState: null, runId: null, runProgress: null, variantOf: 'q', ratios: ['9:16'], durationFrames: 165, product: { name: 'can.jpg' }, poster: null, isArchived: false });
    const runs = [1, 2].map((atMs) => createRun(db, { request: {} }, () => atMs).id);
    db.prepare("UPDATE runs SET project_id = 'p'").run();
    db.prepare("UPDATE runs SET state = 'running', progress = 0.5 WHERE id = ?").run(runs[0]);
    db.prepare("UPDATE runs SET purpose = 'film' WHERE id = ?").run(runs[1]);
    setPoster(db, 'p', POSTER);
    expect(card()).toMatchObject({ runState: 'running', runId: runs[0], runProgress: 0.5, poster: POSTER });
  });

  test('keeps a project whose document cannot be read', () => {
    put('p');
    db.prepare("UPDATE projects SET document = '{\"sc'").run();
    expect(list({ query: 'p' })).toEqual(['p']);
  });
});

describe('a project', () => {
  test('is archived, binned and restored to where it was; nothing twice', () => {
    for (const id of ['a', 'b', 'c']) put(id);
    expect([archiveProjects(db, ['a', 'b', 'nothing'], true), archiveProjects(db, ['a'], true)]).toEqual([{ changed: 2 }, { changed: 0 }]);
    expect([binProjects(db, ['b', 'c']), binProjects(db, ['c'])]).toEqual([{ changed: 2 }, { changed: 0 }]);
    const shown = (): string[][] => (['active', 'archived', 'deleted'] as const).map((show) => list({ show, sort: 'name' }));
    expect(shown()).toEqual([[], ['a'], ['b', 'c']]);
    expect(restoreProjects(db, ['b', 'c'])).toEqual({ changed: 2 });
    expect(shown()).toEqual([['c'], ['a', 'b'], []]);
    expect(archiveProjects(db, ['a', 'b', 'c'], false)).toEqual({ changed: 2 });
    expect(shown()).toEqual([['a', 'b', 'c'], [], []]);
  });

  test('has tags without repeats, which are counted outside the bin', () => {
    for (const id of ['a', 'b', 'c']) put(id);
    expect(setTags(db, 'a', ['Sale', 'summer', 'SALE'])).toEqual({ changed: 1 });
    setTags(db, 'b', ['summer']);
    setTags(db, 'c', ['old']);
    expect(setTags(db, 'b', ['summer'])).toEqual({ changed: 0 });
    binProjects(db, ['c']);
    expect(listTags(db)).toEqual([{ tag: 'summer', count: 2 }, { tag: 'Sale', count: 1 }]);
    expect(openProject(db, 'a')).toMatchObject({ revision: 0, card: { tags: ['Sale', 'summer'] } });
    expect(() => setTags(db, 'nothing', [])).toThrow(AdgenError);
  });

  test('is duplicated without its past', () => {
    put('Fizzo');
    setTags(db, 'Fizzo', ['x']);
    setPoster(db, 'Fizzo', POSTER);
    renameProject(db, 'Fizzo', 'Fizzo');
    journalEdit(db, { projectId: 'Fizzo', label: 'x', change: (document) => ({ ...document, markers: [] }) });
    const { projectId } = duplicateProject(db, 'Fizzo');
    expect(openProject(db, projectId)).toMatchObject({ revision: 0, history: [], document: { id: projectId, name: 'Fizzo 2', markers: [], scenes: example.scenes }, card: { tags: ['x'], poster: POSTER } });
    expect(openProject(db, duplicateProject(db, projectId).projectId).document.name).toBe('Fizzo 3');
    expect(openProject(db, duplicateProject(db, 'Fizzo', 'Other').projectId).document.name).toBe('Other');
    expect(() => duplicateProject(db, 'nothing')).toThrow(AdgenError);
  });

  test('that was edited is not written over by a run, nor by an older state of it', () => {
    const runId = createRun(db, { request: {} }, () => 1000).id;
    savePlannedProject(db, example, runId);
    savePlannedProject(db, { ...example, name: 'Planned again' }, runId);
    expect(findEditedProject(db, 'advert')).toBeUndefined();
    renameProject(db, 'advert', 'Mine');
    expect(savePlannedProject(db, example, runId).name).toBe('Mine');
    saveRenderedProject(db, example, runId);
    expect(openProject(db, 'advert')).toMatchObject({ document: { name: 'Mine' }, revision: 1, card: { runId } });
    importProject(db, example); // an edit like any other
    expect(openProject(db, 'advert')).toMatchObject({ document: { name: 'Fizzo' }, revision: 2, history: [{ label: 'rename' }, { label: 'import' }] });
  });

  test('that is a sketch gives way to the plan, whatever was done to it, and windows are told', () => {
    const runId = createRun(db, { request: {} }, () => 1000).id;
    const sketch = { ...example, planning: { ...example.planning, provider: SKETCHED } };
    saveSketchedProject(db, sketch, runId);
    renameProject(db, 'advert', 'Mine');
    expect(openProject(db, 'advert')).toMatchObject({ document: { name: 'Mine' }, revision: 1, card: { runId } });
    expect(savePlannedProject(db, example, runId)).toEqual(example);
    expect(openProject(db, 'advert')).toMatchObject({ document: { name: 'Fizzo' }, revision: 2, history: [] });
    saveSketchedProject(db, sketch, createRun(db, { request: {} }, () => 2000).id);
    expect(getProject(db, 'advert')).toEqual(example);
  });

  test('comes out of the bin for a run that was asked for since, not for an older one', () => {
    const older = createRun(db, { request: {} }, () => 1000).id;
    savePlannedProject(db, example, older);
    binProjects(db, ['advert'], () => 2000);
    savePlannedProject(db, example, older);
    expect(list({ show: 'deleted' })).toEqual(['advert']);
    savePlannedProject(db, example, createRun(db, { request: {} }, () => 3000).id);
    expect(list()).toEqual(['advert']);
  });
});
