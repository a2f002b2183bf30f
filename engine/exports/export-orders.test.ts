import { afterEach, beforeEach, expect, test } from 'vitest';
import { sampleProject } from '#core/composition/testing/sample-film.ts';
import { eq } from '#engine/db/drizzle.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { processes, projects, runs } from '#engine/db/schema.ts';
import { openTestDb } from '#engine/db/test-db.ts';
import { ownIdentity } from '#engine/jobs/process-liveness.ts';
import { createRun, listRuns } from '#engine/jobs/run-store.ts';
import { importProject } from '#engine/projects/project-store.ts';
import { changeExport, claimNext, deleteExport, findExport, getExportRow, insertExport, listExports, listOpen, requeueInterrupted } from './export-orders.ts';

let db: StudioDb;
const project = sampleProject();
const order = { placementId: 'master', ratio: '9:16', rate: '30', encoder: 'auto' } as const;

beforeEach(() => {
  db = openTestDb();
  importProject(db, project);
});

afterEach(async () => await db.close());

function add(createdMs: number): { id: string; runId: string } {
  const runId = createRun(db, { request: {}, projectId: project.id, purpose: 'export' }).id;
  return { runId, id: insertExport(db, { projectId: project.id, order, outDir: '/films', runId }, () => createdMs) };
}

test('the oldest is taken first, and each once', () => {
  const [second, first] = [add(2), add(1)];
  expect([claimNext(db)?.id, claimNext(db)?.id, claimNext(db)]).toEqual([first.id, second.id, undefined]);
  expect(listOpen(db).map(({ id, state }) => [id, state])).toEqual([[first.id, 'running'], [second.id, 'running']]);
});

test('what a dead process was at is queued again; what a living one does stays with it', () => {
  const { pid, startToken } = ownIdentity();
  const now = Date.now();
  db.orm.insert(processes).values([{ id: 1, pid, startToken, startedMs: now, heartbeatMs: now }, { id: 2, pid: 2 ** 22 - 3, startToken: 'gone', startedMs: now, heartbeatMs: now }]).run();
  const [living, dead] = [add(1), add(2)];
  claimNext(db);
  claimNext(db);
  db.orm.update(runs).set({ startedMs: now, ownerId: 1, ownerPid: pid, ownerStart: startToken }).where(eq(runs.id, living.runId)).run();
  db.orm.update(runs).set({ startedMs: now, ownerId: 2, ownerPid: 2 ** 22 - 3, ownerStart: 'gone' }).where(eq(runs.id, dead.runId)).run();
  requeueInterrupted(db);
  expect([getExportRow(db, living.id).state, getExportRow(db, dead.id).state]).toEqual(['running', 'queued']);
});

test('runs of exports are in no list of runs, and go with their export', () => {
  const { id, runId } = add(1);
  expect(listRuns(db)).toEqual([]);
  expect(deleteExport(db, id)).toBe(1);
  expect(db.orm.select().from(runs).where(eq(runs.id, runId)).all()).toEqual([]);
  expect(() => getExportRow(db, id)).toThrow(/no export/);
});

test('an export goes with its project, quietly', () => {
  const { id } = add(1);
  db.orm.delete(projects).where(eq(projects.id, project.id)).run();
  changeExport(db, id, { state: 'failed' });
  expect(findExport(db, id)).toBeUndefined();
});

test('errors and reports are kept and taken back', () => {
  const { id } = add(1);
  changeExport(db, id, { state: 'failed', error: new Error('no') });
  expect(listExports(db, {})[0]).toMatchObject({ id, projectName: 'Test', state: 'failed', error: { code: 'INTERNAL', message: 'no' }, findings: [], sizeBytes: null });
  changeExport(db, id, { state: 'queued', error: null, report: null });
  expect(listExports(db, { projectId: project.id })[0]).toMatchObject({ state: 'queued', error: null });
  expect(listExports(db, { projectId: 'other' })).toEqual([]);
});
