/** The `projects` procedures of the contract. */
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { notYet } from '#engine/not-yet.ts';

/** The `projects` procedures of the contract. */
export function projectsApi(_tools: ApiTools) {
  return {
    list: os.projects.list.handler(() => notYet('projects.list')),
    tags: os.projects.tags.handler(() => notYet('projects.tags')),
    open: os.projects.open.handler(() => notYet('projects.open')),
    edit: os.projects.edit.handler(() => notYet('projects.edit')),
    undo: os.projects.undo.handler(() => notYet('projects.undo')),
    redo: os.projects.redo.handler(() => notYet('projects.redo')),
    rename: os.projects.rename.handler(() => notYet('projects.rename')),
    setTags: os.projects.setTags.handler(() => notYet('projects.setTags')),
    duplicate: os.projects.duplicate.handler(() => notYet('projects.duplicate')),
    archive: os.projects.archive.handler(() => notYet('projects.archive')),
    remove: os.projects.remove.handler(() => notYet('projects.remove')),
    restore: os.projects.restore.handler(() => notYet('projects.restore')),
    vary: os.projects.vary.handler(() => notYet('projects.vary')),
  };
}
