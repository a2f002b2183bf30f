/** Everything that an editor needs to begin: the document, its history and its card. */
import type { AdProject } from '#core/project/schema.ts';
import { eq } from '#engine/db/drizzle.ts';
import type { StudioDb } from '#engine/db/open.ts';
import { projectEdits } from '#engine/db/schema.ts';
import { getCard } from './project-cards.ts';
import type { ProjectCard } from './project-cards.ts';
import { listEdits } from './project-history.ts';
import type { JournaledEdit } from './project-history.ts';
import { readStoredDocument } from './stored-document.ts';

export interface OpenedProject {
  readonly document: AdProject;
  readonly revision: number;
  readonly history: JournaledEdit[];
  readonly notice: string | null;
  readonly card: ProjectCard;
}

/** Throws NOT_FOUND, and BAD_INPUT when nothing of the project can be read. */
export function openProject(db: StudioDb, projectId: string): OpenedProject {
  return db.transaction(() => {
    const stored = readStoredDocument(db, projectId);
    const { history, notice } = readHistory(db, projectId);
    const notices = [stored.notice, notice].filter((text) => text !== null);
    return { document: stored.document, revision: stored.revision, history, notice: notices.length > 0 ? notices.join(' ') : null, card: getCard(db, projectId) };
  });
}

/** A history with a damaged part leads nowhere: it goes, and the document stays. */
function readHistory(db: StudioDb, projectId: string): { history: JournaledEdit[]; notice: string | null } {
  try {
    return { history: listEdits(db, projectId), notice: null };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    db.orm.delete(projectEdits).where(eq(projectEdits.projectId, projectId)).run();
    return { history: [], notice: 'What could be undone was damaged, so the history of this project begins anew.' };
  }
}
