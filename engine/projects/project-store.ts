/** Projects as rows: the AdProject document of each advert, newest state. */
import { AdgenError } from '#core/contract/errors.ts';
import { migrateAdProject } from '#core/project/migrate.ts';
import type { AdProject } from '#core/project/schema.ts';
import { desc, eq } from '#engine/db/drizzle.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { projects, runs } from '#engine/db/schema.ts';

/** A project as it is listed; times are milliseconds since 1970. */
export interface ProjectSummary {
  readonly id: string;
  readonly name: string;
  readonly createdMs: number;
  readonly updatedMs: number;
}

/** When a project was first saved, if it was. */
export function projectCreatedMs(db: StudioDb, id: string): number | undefined {
  return db.orm.select({ createdMs: projects.createdMs }).from(projects).where(eq(projects.id, id)).get()?.createdMs;
}

/** Saves a document as its project's newest state and links the run to it. */
export function saveProject(db: StudioDb, project: AdProject, runId: string, now: () => number = Date.now): void {
  const row = { id: project.id, name: project.name, document: project, createdMs: project.createdMs, updatedMs: now() };
  const { name, document, updatedMs } = row;
  db.transaction(() => {
    db.orm.insert(projects).values(row).onConflictDoUpdate({ target: projects.id, set: { name, document, updatedMs } }).run();
    db.orm.update(runs).set({ projectId: project.id }).where(eq(runs.id, runId)).run();
  });
}

/** Newest first. */
export function listProjects(db: StudioDb, limit = 100): ProjectSummary[] {
  const { id, name, createdMs, updatedMs } = projects;
  return db.orm.select({ id, name, createdMs, updatedMs }).from(projects).orderBy(desc(projects.updatedMs)).limit(limit).all();
}

/** A project's document. Throws NOT_FOUND. */
export function getProject(db: StudioDb, id: string): AdProject {
  const row = db.orm.select().from(projects).where(eq(projects.id, id)).get();
  if (!row) throw new AdgenError('NOT_FOUND', `There is no project ${id.slice(0, 80)}.`);
  return migrateAdProject(row.document);
}

/** Name of a run's project for lists; a run that has not got so far has none. */
export function getProjectName(db: StudioDb, id: string | null): string {
  if (id === null) return '(no project yet)';
  return db.orm.select({ name: projects.name }).from(projects).where(eq(projects.id, id)).get()?.name ?? '(deleted project)';
}

/** Saves a document that came from elsewhere. */
export function importProject(db: StudioDb, project: AdProject, now: () => number = Date.now): void {
  const { id, name, createdMs } = project;
  const row = { id, name, document: project, createdMs, updatedMs: now() };
  db.transaction(() => db.orm.insert(projects).values(row).onConflictDoUpdate({ target: projects.id, set: { name, document: project, updatedMs: row.updatedMs } }).run());
}
