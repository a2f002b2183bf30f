/** The `projects` procedures of the contract. */
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { notYet } from '#engine/not-yet.ts';
import { applyDiff } from '#core/project/diff.ts';
import { openProject } from './open-project.ts';
import { journalEdit, redoEdit, undoEdit } from './project-history.ts';

/** The `projects` procedures of the contract. */
export function projectsApi({ engine }: ApiTools) {
  const { db } = engine;
  return {
    list: os.projects.list.handler(() => notYet('projects.list')),
    tags: os.projects.tags.handler(() => notYet('projects.tags')),
    open: os.projects.open.handler(({ input }) => openProject(db, input.projectId)),
    edit: os.projects.edit.handler(({ input: { diff, ...edit } }) => {
      const { revision, editId } = journalEdit(db, { ...edit, change: (document) => applyDiff(document, diff) });
      return { revision, editId };
    }),
    undo: os.projects.undo.handler(({ input }) => undoEdit(db, input.projectId, input.revision)),
    redo: os.projects.redo.handler(({ input }) => redoEdit(db, input.projectId, input.revision)),
    rename: os.projects.rename.handler(() => notYet('projects.rename')),
    setTags: os.projects.setTags.handler(() => notYet('projects.setTags')),
    duplicate: os.projects.duplicate.handler(() => notYet('projects.duplicate')),
    archive: os.projects.archive.handler(() => notYet('projects.archive')),
    remove: os.projects.remove.handler(() => notYet('projects.remove')),
    restore: os.projects.restore.handler(() => notYet('projects.restore')),
    vary: os.projects.vary.handler(() => notYet('projects.vary')),
  };
}
