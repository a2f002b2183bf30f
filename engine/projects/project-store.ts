/** Documents that come in: from a plan, from a run, from a delivery. What has been edited here is never written over. */
import { AdgenError } from '#core/contract/errors.ts';
import type { AdProject, AssetRef } from '#core/project/schema.ts';
import { eq } from '#engine/db/drizzle.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { projectEdits, projects, runs } from '#engine/db/schema.ts';
import { journalEdit } from './project-history.ts';
import { readStoredDocument } from './stored-document.ts';

/** When a project was first saved, if it was. */
export function projectCreatedMs(db: StudioDb, id: string): number | undefined {
  return db.orm.select({ createdMs: projects.createdMs }).from(projects).where(eq(projects.id, id)).get()?.createdMs;
}

/** Who "planned" the document of a project whose run ended before there was a plan. */
export const SKETCHED = 'sketch';

/** The document of a project that somebody has edited; undefined when a plan may still (or again) be put in its place. */
export function findEditedProject(db: StudioDb, id: string): AdProject | undefined {
  const row = db.orm.select({ revision: projects.revision }).from(projects).where(eq(projects.id, id)).get();
  const document = row && row.revision > 0 ? readStoredDocument(db, id).document : undefined;
  return document && !isSketch(document) ? document : undefined;
}

/**
 * Saves what a run has planned, and links the run to the project. A project that was edited, even while the plan was made, keeps its
 * document.
 */
export function savePlannedProject(db: StudioDb, planned: AdProject, runId: string, now: () => number = Date.now): AdProject {
  return db.transaction(() => {
    const edited = findEditedProject(db, planned.id);
    leaveSketch(db, planned.id);
    if (!edited) writeDocument(db, planned, now());
    bringBack(db, planned.id, runId);
    linkRun(db, runId, planned.id);
    return edited ?? planned;
  });
}

/** Keeps what a run was asked for that ended before it had a plan, so that it can be found and resumed. */
export function saveSketchedProject(db: StudioDb, sketch: AdProject, runId: string, now: () => number = Date.now): void {
  db.transaction(() => {
    if (projectCreatedMs(db, sketch.id) === undefined) writeDocument(db, sketch, now());
    linkRun(db, runId, sketch.id);
  });
}

/** Windows that show a sketch learn by the revision that there is more now; edits of a sketch mean nothing to the plan. */
function leaveSketch(db: StudioDb, id: string): void {
  if (projectCreatedMs(db, id) === undefined || !isSketch(readStoredDocument(db, id).document)) return;
  db.orm.delete(projectEdits).where(eq(projectEdits.projectId, id)).run();
  db.prepare<[string]>('UPDATE projects SET revision = revision + 1, last_good = NULL WHERE id = ?').run(id);
}

const isSketch = ({ planning }: AdProject): boolean => planning.provider === SKETCHED;

/** Links a run to the project whose document it was given; only a project that is not there yet is saved. */
export function saveRenderedProject(db: StudioDb, document: AdProject, runId: string, now: () => number = Date.now): void {
  db.transaction(() => {
    if (projectCreatedMs(db, document.id) === undefined) writeDocument(db, document, now());
    linkRun(db, runId, document.id);
  });
}

/** Takes in a document that was edited elsewhere. Where the project is here already, that is an edit of it like any other. */
export function importProject(db: StudioDb, document: AdProject, now: () => number = Date.now): void {
  db.transaction(() => {
    if (projectCreatedMs(db, document.id) === undefined) return writeDocument(db, document, now());
    db.orm.update(projects).set({ deletedMs: null }).where(eq(projects.id, document.id)).run();
    journalEdit(db, { projectId: document.id, label: 'import', change: () => document }, now);
  });
}

/** A project's document. Throws NOT_FOUND. */
export function getProject(db: StudioDb, id: string): AdProject {
  return readStoredDocument(db, id).document;
}

/** Name of a run's project for lists; a run that has not got so far has none. */
export function getProjectName(db: StudioDb, id: string | null): string {
  if (id === null) return '(no project yet)';
  return db.orm.select({ name: projects.name }).from(projects).where(eq(projects.id, id)).get()?.name ?? '(deleted project)';
}

/** What lists show of a project. It is no edit. */
export function setPoster(db: StudioDb, id: string, poster: AssetRef): void {
  db.transaction(() => db.orm.update(projects).set({ poster }).where(eq(projects.id, id)).run());
}

function writeDocument(db: StudioDb, document: AdProject, updatedMs: number): void {
  const { id, name, createdMs } = document;
  db.orm.insert(projects).values({ id, name, document, createdMs, updatedMs }).onConflictDoUpdate({ target: projects.id, set: { name, document, updatedMs } }).run();
}

/** A project that was put away comes back when a run was asked for since; an older run that is resumed does not bring it back. */
function bringBack(db: StudioDb, id: string, runId: string): void {
  db.prepare<[string, string]>('UPDATE projects SET deleted_ms = NULL, archived_ms = NULL WHERE id = ? AND max(coalesce(deleted_ms, 0), coalesce(archived_ms, 0)) < (SELECT created_ms FROM runs WHERE id = ?)').run(id, runId);
}

function linkRun(db: StudioDb, runId: string, projectId: string): void {
  const { changes } = db.orm.update(runs).set({ projectId }).where(eq(runs.id, runId)).run();
  if (changes === 0) throw new AdgenError('NOT_FOUND', `There is no run ${runId.slice(0, 80)}.`);
}
