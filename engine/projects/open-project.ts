/** Everything that an editor needs to begin: the document, its history and its card. */
import type { AdProject } from '#core/project/schema.ts';
import { and, eq, lt } from '#engine/db/drizzle.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { projectEdits } from '#engine/db/schema.ts';
import { getCard } from './project-cards.ts';
import type { ProjectCard } from './project-cards.ts';
import { readHistory, readHistoryBefore } from './project-history.ts';
import type { HistoryPage } from './project-history.ts';
import { readStoredDocument } from './stored-document.ts';

export interface OpenedProject extends HistoryPage {
  readonly document: AdProject;
  readonly revision: number;
  readonly notice: string | null;
  readonly card: ProjectCard;
}

/** Throws NOT_FOUND, and BAD_INPUT when nothing of the project can be read. */
export function openProject(db: StudioDb, projectId: string): OpenedProject {
  return db.transaction(() => {
    const stored = readStoredDocument(db, projectId);
    const { notice, ...history } = readOrDrop(db, projectId, Number.MAX_SAFE_INTEGER, () => readHistory(db, projectId));
    const notices = [stored.notice, notice].filter((text) => text !== null);
    return { document: stored.document, revision: stored.revision, ...history, notice: notices.length > 0 ? notices.join(' ') : null, card: getCard(db, projectId) };
  });
}

/** The part of a history before an edit; empty for a project that is not there. */
export function readOlderHistory(db: StudioDb, projectId: string, before: number): HistoryPage {
  return db.transaction(() => {
    const { history, hasOlder } = readOrDrop(db, projectId, before, () => readHistoryBefore(db, projectId, before));
    return { history, hasOlder };
  });
}

/** A history with a damaged part leads nowhere from there: it goes with what is older, and the document stays. */
function readOrDrop(db: StudioDb, projectId: string, before: number, read: () => HistoryPage): HistoryPage & { notice: string | null } {
  try {
    return { ...read(), notice: null };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    db.orm.delete(projectEdits).where(and(eq(projectEdits.projectId, projectId), lt(projectEdits.id, before))).run();
    return { history: [], hasOlder: false, notice: 'What could be undone was damaged, so the history of this project begins anew.' };
  }
}
