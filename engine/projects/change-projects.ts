/** What is done to whole projects: names, tags, copies, the archive and the bin. None of it loses anything; the clean-up empties the bin. */
import { randomUUID } from 'node:crypto';
import { adProjectSchema } from '#core/project/schema.ts';
import type { AdProject } from '#core/project/schema.ts';
import { eq } from '#engine/db/drizzle.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { projects } from '#engine/db/schema.ts';
import { getCard } from './project-cards.ts';
import { journalEdit } from './project-history.ts';
import { readStoredDocument } from './stored-document.ts';

/** How many projects were really changed. */
export interface Changed {
  readonly changed: number;
}

/** The name stands in the document, so this is an edit that can be undone. Throws NOT_FOUND. */
export function renameProject(db: StudioDb, projectId: string, name: string): Changed {
  const { editId } = journalEdit(db, { projectId, label: 'rename', change: (document) => ({ ...document, name }) });
  return { changed: editId === 0 ? 0 : 1 };
}

/** Tags are no part of the advert. The same word in other letters is the same tag. Throws NOT_FOUND. */
export function setTags(db: StudioDb, projectId: string, tags: readonly string[]): Changed {
  return db.transaction(() => {
    const before = getCard(db, projectId).tags;
    const wanted = tags.map((tag) => tag.normalize('NFC')).filter((tag, index, all) => all.findIndex((other) => other.toLowerCase() === tag.toLowerCase()) === index);
    if (JSON.stringify(wanted) === JSON.stringify(before)) return { changed: 0 };
    return { changed: db.orm.update(projects).set({ tags: wanted }).where(eq(projects.id, projectId)).run().changes };
  });
}

/** A project of its own, with the newest document and without a past. Throws NOT_FOUND. */
export function duplicateProject(db: StudioDb, projectId: string, name?: string, now: () => number = Date.now): { projectId: string } {
  return db.transaction(() => {
    const { document } = readStoredDocument(db, projectId);
    const copy = { ...document, id: newProjectId(), name: name ?? nextName(db, document.name), createdMs: now() };
    insertCopy(db, copy, projectId, now());
    return { projectId: copy.id };
  });
}

/** A new project with tags and poster of another. */
export function insertCopy(db: StudioDb, document: AdProject, from: string, nowMs: number, isPosterKept = true): void {
  const { tags, poster } = getCard(db, from);
  const { id, name, createdMs } = document;
  db.orm.insert(projects).values({ id, name, document: adProjectSchema.parse(document), createdMs, updatedMs: nowMs, tags, poster: isPosterKept ? poster : null }).run();
}

export function newProjectId(): string {
  return `p_${randomUUID().replaceAll('-', '').slice(0, 20)}`;
}

/** "Fizzo" → "Fizzo 2", "Fizzo 2" → "Fizzo 3": a number needs no translation. */
function nextName(db: StudioDb, name: string): string {
  const stem = name.replace(/ \d{1,4}$/u, '').slice(0, 190);
  const like = `${stem.replace(/[\\%_]/g, '\\$&')} %`;
  const taken = new Set(db.prepare<[string]>("SELECT name FROM project_cards WHERE name LIKE ? ESCAPE '\\'").pluck().all(like) as string[]);
  let number = 2;
  while (taken.has(`${stem} ${number}`)) number += 1;
  return `${stem} ${number}`;
}

/** Into the archive or out of it. */
export function archiveProjects(db: StudioDb, projectIds: readonly string[], isArchived: boolean, now: () => number = Date.now): Changed {
  return setTime(db, projectIds, 'archived_ms', isArchived ? now() : null);
}

/** Into the bin. */
export function binProjects(db: StudioDb, projectIds: readonly string[], now: () => number = Date.now): Changed {
  return setTime(db, projectIds, 'deleted_ms', now());
}

/** Out of the bin, to where they were. */
export function restoreProjects(db: StudioDb, projectIds: readonly string[]): Changed {
  return setTime(db, projectIds, 'deleted_ms', null);
}

/** Those that are so already keep their time. */
function setTime(db: StudioDb, projectIds: readonly string[], column: 'archived_ms' | 'deleted_ms', timeMs: number | null): Changed {
  const statement = db.prepare<[number | null, number | null, string]>(`UPDATE projects SET ${column} = ? WHERE (${column} IS NULL) <> (? IS NULL) AND id IN (SELECT value FROM json_each(?))`);
  return db.transaction(() => ({ changed: statement.run(timeMs, timeMs, JSON.stringify(projectIds)).changes }));
}
