/**
 * The history of a document: every edit is written down as a diff together with the state that it leaves, in one transaction, so that a
 * killed program has both or neither. Documents lie in the schema's own form (key order included), and diffs are taken between such
 * forms; so undoing everything gives the text of the start, byte for byte.
 */
import type { z } from 'zod';
import { AdgenError } from '#core/contract/errors.ts';
import type { editSchema } from '#core/contract/projects.ts';
import { composeDiffs } from '#core/project/compose-diffs.ts';
import { applyDiff, diffProject, isEmptyDiff, reverseDiff } from '#core/project/diff.ts';
import type { ProjectDiff } from '#core/project/diff.ts';
import { migrateAdProject } from '#core/project/migrate.ts';
import type { AdProject } from '#core/project/schema.ts';
import { and, asc, desc, eq, lt } from '#engine/db/drizzle.ts';
import type { SQL } from '#engine/db/drizzle.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { projectEdits } from '#engine/db/schema.ts';
import { readStoredDocument } from './stored-document.ts';

/** So many edits that can be undone are read at once. All are kept as long as their project is. */
export const HISTORY_PAGE = 200;
/** An edit with the same merge key extends the one before for so long after it. */
const MERGE_MS = 5000;

/** One edit as it is kept. */
export type JournaledEdit = z.infer<typeof editSchema>;

/** What to write down. Without `revision` the change is made to whatever is newest. */
export interface EditRequest {
  readonly projectId: string;
  readonly revision?: number;
  /** Key of the renderer's catalogue. */
  readonly label: string;
  readonly mergeKey?: string;
  readonly change: (document: AdProject) => AdProject;
}

/** The state that a change has left. */
export interface EditResult {
  readonly document: AdProject;
  readonly revision: number;
  /** 0: nothing was changed, or an edit that grew has come back to where it began; it is no step of the history then. */
  readonly editId: number;
}

/** Changes a document and journals it. Throws NOT_FOUND, CONFLICT (not the newest revision), or BAD_INPUT with the place of the mistake. */
export function journalEdit(db: StudioDb, request: EditRequest, now: () => number = Date.now): EditResult {
  const { projectId, label, mergeKey, change } = request;
  return db.transaction(() => {
    const { document: before, revision } = readNewest(db, projectId, request.revision);
    const after = toValid(change(before), projectId);
    const diff = diffProject(before, after);
    if (isEmptyDiff(diff)) return { document: before, revision, editId: 0 };
    const atMs = now();
    const extended = mergeKey === undefined ? undefined : findMergeable(db, projectId, mergeKey, atMs);
    dropUndone(db, projectId);
    const editId = extended ? extend(db, extended, diff, atMs) : append(db, { projectId, atMs, label, mergeKey: mergeKey ?? null, diff });
    // While an edit grows, the last good state stays the one before it.
    writeState(db, after, { revision: revision + 1, atMs, isLastGoodKept: extended !== undefined });
    return { document: after, revision: revision + 1, editId };
  });
}

/** Takes the newest edit back that is not undone. Throws NOT_FOUND when there is none, CONFLICT. */
export function undoEdit(db: StudioDb, projectId: string, revision: number, now: () => number = Date.now): { revision: number; edit: JournaledEdit } {
  const edit = (): JournaledEdit | undefined => selectEdits(db, projectId, false).orderBy(desc(projectEdits.id)).limit(1).get() as JournaledEdit | undefined;
  return turnEdit(db, { projectId, revision, isUndone: true, edit, atMs: now(), nothing: 'There is nothing to undo.' });
}

/** Makes the oldest undone edit again. Throws NOT_FOUND when there is none, CONFLICT. */
export function redoEdit(db: StudioDb, projectId: string, revision: number, now: () => number = Date.now): { revision: number; edit: JournaledEdit } {
  const edit = (): JournaledEdit | undefined => selectEdits(db, projectId, true).orderBy(asc(projectEdits.id)).limit(1).get() as JournaledEdit | undefined;
  return turnEdit(db, { projectId, revision, isUndone: false, edit, atMs: now(), nothing: 'There is nothing to redo.' });
}

/** A part of a history, newest edit last. */
export interface HistoryPage {
  readonly history: JournaledEdit[];
  /** There are edits before it. */
  readonly hasOlder: boolean;
}

/** The newest part of a history, with everything that is undone. Throws SyntaxError for a damaged one. */
export function readHistory(db: StudioDb, projectId: string): HistoryPage {
  const undone = selectEdits(db, projectId, true).orderBy(asc(projectEdits.id)).all() as JournaledEdit[];
  const { history, hasOlder } = readHistoryBefore(db, projectId, Number.MAX_SAFE_INTEGER);
  return { history: [...history, ...undone], hasOlder };
}

/** The part of a history before an edit. Throws SyntaxError for a damaged one. */
export function readHistoryBefore(db: StudioDb, projectId: string, before: number): HistoryPage {
  const newestFirst = selectEdits(db, projectId, false, lt(projectEdits.id, before)).orderBy(desc(projectEdits.id)).limit(HISTORY_PAGE + 1).all() as JournaledEdit[];
  return { history: newestFirst.slice(0, HISTORY_PAGE).reverse(), hasOlder: newestFirst.length > HISTORY_PAGE };
}

const SHOWN = { id: projectEdits.id, atMs: projectEdits.atMs, label: projectEdits.label, isUndone: projectEdits.isUndone, diff: projectEdits.diff };

function selectEdits(db: StudioDb, projectId: string, isUndone: boolean, which?: SQL) {
  return db.orm.select(SHOWN).from(projectEdits).where(and(eq(projectEdits.projectId, projectId), eq(projectEdits.isUndone, isUndone), which));
}

interface Turn {
  readonly projectId: string;
  readonly revision: number;
  readonly isUndone: boolean;
  readonly atMs: number;
  readonly nothing: string;
  readonly edit: () => JournaledEdit | undefined;
}

function turnEdit(db: StudioDb, { projectId, revision, isUndone, atMs, nothing, edit: find }: Turn): { revision: number; edit: JournaledEdit } {
  return db.transaction(() => {
    const { document } = readNewest(db, projectId, revision);
    const edit = find();
    if (!edit) throw new AdgenError('NOT_FOUND', nothing);
    const after = toValid(applyDiff(document, isUndone ? reverseDiff(edit.diff) : edit.diff), projectId);
    db.orm.update(projectEdits).set({ isUndone }).where(eq(projectEdits.id, edit.id)).run();
    writeState(db, after, { revision: revision + 1, atMs, isLastGoodKept: false });
    return { revision: revision + 1, edit: { ...edit, isUndone } };
  });
}

/** A damaged document is repaired here too, and has another revision then. */
function readNewest(db: StudioDb, projectId: string, expected: number | undefined): { document: AdProject; revision: number } {
  const stored = readStoredDocument(db, projectId);
  if (expected === undefined || expected === stored.revision) return stored;
  throw new AdgenError('CONFLICT', 'This project was changed in another window. Reload it and make the edit again.', { data: { revision: stored.revision } });
}

function toValid(document: AdProject, projectId: string): AdProject {
  const valid = migrateAdProject(document);
  if (valid.id !== projectId) throw new AdgenError('BAD_INPUT', 'The id of a project cannot be changed. Duplicate the project instead.');
  return valid;
}

type MergeableEdit = Pick<typeof projectEdits.$inferSelect, 'id' | 'diff'>;

/** The newest edit, when it may still grow: same key, young, and nothing was undone since. */
function findMergeable(db: StudioDb, projectId: string, mergeKey: string, atMs: number): MergeableEdit | undefined {
  const newest = db.orm.select().from(projectEdits).where(eq(projectEdits.projectId, projectId)).orderBy(desc(projectEdits.id)).limit(1).get();
  return newest && !newest.isUndone && newest.mergeKey === mergeKey && atMs - newest.atMs < MERGE_MS ? newest : undefined;
}

function dropUndone(db: StudioDb, projectId: string): void {
  db.orm.delete(projectEdits).where(and(eq(projectEdits.projectId, projectId), eq(projectEdits.isUndone, true))).run();
}

function extend(db: StudioDb, edit: MergeableEdit, diff: ProjectDiff, atMs: number): number {
  const whole = composeDiffs(edit.diff, diff);
  const isThis = eq(projectEdits.id, edit.id);
  if (isEmptyDiff(whole)) {
    db.orm.delete(projectEdits).where(isThis).run();
    return 0;
  }
  db.orm.update(projectEdits).set({ diff: whole, atMs }).where(isThis).run();
  return edit.id;
}

function append(db: StudioDb, edit: typeof projectEdits.$inferInsert): number {
  return Number(db.orm.insert(projectEdits).values(edit).run().lastInsertRowid);
}

/** The state before becomes the last good one without being written out anew: it has just been read and was whole. */
function writeState(db: StudioDb, document: AdProject, { revision, atMs, isLastGoodKept }: { revision: number; atMs: number; isLastGoodKept: boolean }): void {
  const lastGood = isLastGoodKept ? 'last_good' : 'document';
  db.prepare<[string, string, number, number, string]>(`UPDATE projects SET last_good = ${lastGood}, document = ?, name = ?, revision = ?, updated_ms = ? WHERE id = ?`).run(JSON.stringify(document), document.name, revision, atMs, document.id);
}
