import { useCommands } from '../../app/commands.ts';
import { useStrings } from '../../strings/index.ts';
import { toast } from '../../ui/toast.ts';
import { clearSelection, setSelection, useHome } from './home-store.ts';
import { toggle } from './selection.ts';
import type { HomeActions } from './use-home-actions.ts';
import { fetchIds } from './use-project-pages.ts';
import type { ProjectPages } from './use-project-pages.ts';

/** Home's keys; the palette and the sheet show the same. What is marked is meant, else the card that has the keyboard. */
export function useHomeCommands({ pages, actions, focusSearch }: { readonly pages: ProjectPages; readonly actions: HomeActions; focusSearch(): void }): void {
  const { home, common } = useStrings();
  const { selection, filters } = useHome();
  const index = Math.min(selection.active, Math.max(0, pages.total - 1));
  const card = pages.cardAt(index);
  const ids = selection.ids.size > 0 ? [...selection.ids] : card ? [card.id] : [];
  const isBin = filters.show === 'deleted';
  const isNone = ids.length === 0;
  const { group } = home;
  useCommands([
    { id: 'home.search', label: home.focusSearch, group, keys: ['mod+f', '/'], run: focusSearch },
    { id: 'home.open', label: home.open, group, keys: ['enter'], isDisabled: !card || isBin, run: () => card && actions.open(card) },
    { id: 'home.select', label: home.toggleSelect, group, keys: ['space'], isDisabled: !card, run: () => card && setSelection((before) => toggle(before, card.id, index)) },
    { id: 'home.selectAll', label: home.selectAll, group, keys: ['mod+a'], isDisabled: pages.total === 0, run: () => void fetchIds(filters, 0, pages.total - 1).then((all) => setSelection((before) => ({ ...before, ids: new Set(all) })), toast.error) },
    { id: 'home.deselect', label: home.clearSelection, group, keys: ['escape'], isDisabled: selection.ids.size === 0, run: clearSelection },
    { id: 'home.rename', label: home.rename, group, keys: ['f2'], isDisabled: !card || isBin, run: () => card && actions.startRename(card) },
    { id: 'home.tags', label: home.tags, group, isDisabled: !card || isBin, run: () => card && actions.startTagging(card) },
    { id: 'home.duplicate', label: common.duplicate, group, keys: ['mod+d'], isDisabled: isNone || isBin, run: () => actions.duplicate(ids) },
    { id: 'home.archive', label: filters.show === 'archived' ? home.unarchive : home.archive, group, isDisabled: isNone || isBin, run: () => actions.archive(ids, filters.show !== 'archived') },
    { id: 'home.delete', label: common.delete, group, keys: ['delete', 'backspace'], isDisabled: isNone || isBin, run: () => actions.remove(ids) },
    { id: 'home.restore', label: home.restore, group, isDisabled: isNone || !isBin, run: () => actions.restore(ids) },
  ]);
}
