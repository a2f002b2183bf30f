/** The `projects` procedures of the contract. */
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { applyDiff } from '#core/project/diff.ts';
import { archiveProjects, binProjects, duplicateProject, renameProject, restoreProjects, setTags } from './change-projects.ts';
import { listProjects, listTags } from './list-projects.ts';
import { openProject, readOlderHistory } from './open-project.ts';
import { journalEdit, redoEdit, undoEdit } from './project-history.ts';
import { varyProject } from './vary-project.ts';

/** The `projects` procedures of the contract. */
export function projectsApi({ engine }: ApiTools) {
  const { db } = engine;
  return {
    list: os.projects.list.handler(({ input }) => listProjects(db, input)),
    tags: os.projects.tags.handler(() => listTags(db)),
    open: os.projects.open.handler(({ input }) => openProject(db, input.projectId)),
    history: os.projects.history.handler(({ input }) => readOlderHistory(db, input.projectId, input.before)),
    edit: os.projects.edit.handler(({ input: { diff, ...edit } }) => {
      const { revision, editId } = journalEdit(db, { ...edit, change: (document) => applyDiff(document, diff) });
      return { revision, editId };
    }),
    undo: os.projects.undo.handler(({ input }) => undoEdit(db, input.projectId, input.revision)),
    redo: os.projects.redo.handler(({ input }) => redoEdit(db, input.projectId, input.revision)),
    rename: os.projects.rename.handler(({ input }) => renameProject(db, input.projectId, input.name)),
    setTags: os.projects.setTags.handler(({ input }) => setTags(db, input.projectId, input.tags)),
    duplicate: os.projects.duplicate.handler(({ input }) => duplicateProject(db, input.projectId, input.name)),
    archive: os.projects.archive.handler(({ input }) => archiveProjects(db, input.projectIds, input.isArchived)),
    remove: os.projects.remove.handler(({ input }) => binProjects(db, input.projectIds)),
    restore: os.projects.restore.handler(({ input }) => restoreProjects(db, input.projectIds)),
    vary: os.projects.vary.handler(({ input }) => varyProject(db, input)),
  };
}
