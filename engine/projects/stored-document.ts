/**
 * A project's document as it lies in the database. One that cannot be read any more (a bad disk, another program) is replaced by the last
 * state that was whole, in one transaction; its text is put into a file beside the database first, so nothing is lost. Everybody who
 * reads a document comes through here.
 */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import { applyDiff, reverseDiff } from '#core/project/diff.ts';
import { migrateAdProject } from '#core/project/migrate.ts';
import type { AdProject } from '#core/project/schema.ts';
import { asc, eq, inArray } from '#engine/db/drizzle.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { projectEdits } from '#engine/db/schema.ts';
import { toDiskError } from '#engine/storage/disk-errors.ts';
import { makeFolder } from '#engine/storage/make-folder.ts';

/** A project's newest state. */
export interface StoredDocument {
  readonly document: AdProject;
  readonly revision: number;
  /** A sentence for the user when an older state had to be opened. */
  readonly notice: string | null;
}

interface Row {
  readonly name: string;
  readonly document: string;
  readonly lastGood: string | null;
  readonly revision: number;
}

/** Notices of this process, until the next change of the project: whoever opens it again is told again. */
const notices = new WeakMap<StudioDb, Map<string, { readonly revision: number; readonly text: string }>>();

/** Throws NOT_FOUND, and BAD_INPUT when neither the document nor an earlier state can be read. */
export function readStoredDocument(db: StudioDb, projectId: string): StoredDocument {
  const row = db.prepare<[string], Row>('SELECT name, document, last_good AS lastGood, revision FROM projects WHERE id = ?').get(projectId);
  if (!row) throw new AdgenError('NOT_FOUND', `There is no project ${projectId.slice(0, 80)}.`);
  const document = parse(row.document);
  if (!(document instanceof AdgenError)) return { document, revision: row.revision, notice: noticeOf(db, projectId, row.revision) };
  // A newer program's document is whole; nothing may be put in its place.
  if ('target' in document.data) throw document;
  return db.transaction(() => openLastGood(db, projectId, row, document));
}

function parse(text: string): AdProject | AdgenError {
  try {
    return migrateAdProject(text);
  } catch (error) {
    if (error instanceof AdgenError) return error;
    throw error;
  }
}

function openLastGood(db: StudioDb, projectId: string, row: Row, problem: AdgenError): StoredDocument {
  const kept = keepDamagedText(db, projectId, row.document);
  const document = row.lastGood === null ? problem : parse(row.lastGood);
  if (document instanceof AdgenError) {
    throw new AdgenError('BAD_INPUT', `The project "${row.name}" is damaged and there is no earlier state of it. ${problem.message} What is there was kept in ${kept}; import its delivery, or make the advert again.`, { data: { file: kept } });
  }
  const revision = row.revision + 1;
  fitHistory(db, projectId, document);
  db.prepare<[string, string, number, string]>('UPDATE projects SET document = ?, name = ?, revision = ?, last_good = NULL WHERE id = ?').run(JSON.stringify(document), document.name, revision, projectId);
  const text = `The newest state of this project was damaged, so the last one that was whole has been opened. What was there was kept in ${kept}.`;
  noticesOf(db).set(projectId, { revision, text });
  return { document, revision, notice: text };
}

/** The last good state is the one before the newest edit (or before it was undone): that edit changes sides. A history that fits in neither way goes. */
function fitHistory(db: StudioDb, projectId: string, document: AdProject): void {
  const edits = db.orm.select().from(projectEdits).where(eq(projectEdits.projectId, projectId)).orderBy(asc(projectEdits.id)).all();
  const newest = edits.findLast((edit) => !edit.isUndone);
  const oldestUndone = edits.find((edit) => edit.isUndone);
  const setUndone = (id: number, isUndone: boolean): void => void db.orm.update(projectEdits).set({ isUndone }).where(eq(projectEdits.id, id)).run();
  if (newest && fits(() => applyDiff(document, newest.diff))) return setUndone(newest.id, true);
  if (oldestUndone && fits(() => applyDiff(document, reverseDiff(oldestUndone.diff)))) return setUndone(oldestUndone.id, false);
  if (newest === undefined || fits(() => applyDiff(document, reverseDiff(newest.diff)))) return;
  db.orm.delete(projectEdits).where(inArray(projectEdits.id, edits.map((edit) => edit.id))).run();
}

function fits(apply: () => AdProject): boolean {
  try {
    apply();
    return true;
  } catch (error) {
    if (error instanceof AdgenError && error.code === 'CONFLICT') return false;
    throw error;
  }
}

/** The same text is kept once. Synchronous, because the row may only be changed once the file is safe. */
function keepDamagedText(db: StudioDb, projectId: string, text: string): string {
  const folder = join(db.dataDir, 'damaged-projects');
  const path = join(folder, `${projectId.replace(/[^\w-]/g, '_')}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.json`);
  try {
    makeFolder(folder);
    const file = openSync(path, 'w');
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    return path;
  } catch (error) {
    throw toDiskError(error, path);
  }
}

function noticesOf(db: StudioDb): Map<string, { readonly revision: number; readonly text: string }> {
  const known = notices.get(db) ?? new Map();
  notices.set(db, known);
  return known;
}

function noticeOf(db: StudioDb, projectId: string, revision: number): string | null {
  const notice = noticesOf(db).get(projectId);
  return notice?.revision === revision ? notice.text : null;
}
