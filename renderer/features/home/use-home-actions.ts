/** What can be done to projects from Home. Everything that takes something away offers it back. */
import { useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { engine } from '../../api/connection.ts';
import { to } from '../../app/routes.ts';
import { useStrings } from '../../strings/index.ts';
import { toast } from '../../ui/toast.ts';
import { clearSelection, useHome } from './home-store.ts';
import { isBusy } from './use-project-pages.ts';
import type { Card } from './use-project-pages.ts';

/** The engine takes so many in one call. */
const BATCH = 500;

export type HomeActions = ReturnType<typeof useHomeActions>;

export function useHomeActions() {
  const { home, common } = useStrings();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const refresh = async (): Promise<void> => await queries.invalidateQueries({ queryKey: ['projects'] });
  const attempt = (work: () => Promise<void>): void => void work().catch(toast.error).finally(refresh);
  const inBatches = async (ids: readonly string[], call: (ids: string[]) => Promise<{ changed: number }>): Promise<number> => {
    let changed = 0;
    for (let at = 0; at < ids.length; at += BATCH) changed += (await call(ids.slice(at, at + BATCH))).changed;
    return changed;
  };
  const put = (ids: readonly string[], told: (count: number) => string, call: (ids: string[]) => Promise<{ changed: number }>, back: (ids: string[]) => Promise<{ changed: number }>): void =>
    attempt(async () => {
      const changed = await inBatches(ids, call);
      clearSelection();
      toast.success(told(changed), { label: common.undo, onUndo: () => attempt(async () => void (await inBatches(ids, back))) });
    });
  return {
    open: (card: Card): void => go(to.project(card.id, isBusy(card) ? 'run' : 'storyboard')),
    startRename: (card: Card): void => useHome.setState({ renaming: card.id }),
    rename: (card: Card, name: string): void => {
      useHome.setState({ renaming: null });
      const wanted = name.trim();
      if (wanted !== '' && wanted !== card.name) attempt(async () => void (await engine.projects.rename({ projectId: card.id, name: wanted })));
    },
    startTagging: (card: Card): void => useHome.setState({ tagging: card.id }),
    setTags: (id: string, tags: string[]): void => {
      useHome.setState({ tagging: null });
      attempt(async () => void (await engine.projects.setTags({ projectId: id, tags })));
    },
    duplicate: (ids: readonly string[]): void =>
      attempt(async () => {
        for (const projectId of ids) await engine.projects.duplicate({ projectId });
        clearSelection();
        toast.success(home.duplicated(ids.length));
      }),
    vary: (card: Card, axis: 'hook' | 'copy' | 'look'): void =>
      attempt(async () => {
        const { projectIds } = await engine.projects.vary({ projectId: card.id, axis });
        toast.success(home.varied(home.axis[axis]), { label: common.undo, onUndo: () => attempt(async () => void (await engine.projects.remove({ projectIds }))) });
      }),
    archive: (ids: readonly string[], isArchived: boolean): void =>
      put(ids, isArchived ? home.archived : home.unarchived, (projectIds) => engine.projects.archive({ projectIds, isArchived }), (projectIds) => engine.projects.archive({ projectIds, isArchived: !isArchived })),
    remove: (ids: readonly string[]): void =>
      put(ids, home.removed, (projectIds) => engine.projects.remove({ projectIds }), (projectIds) => engine.projects.restore({ projectIds })),
    restore: (ids: readonly string[]): void =>
      put(ids, home.restored, (projectIds) => engine.projects.restore({ projectIds }), (projectIds) => engine.projects.remove({ projectIds })),
  };
}
