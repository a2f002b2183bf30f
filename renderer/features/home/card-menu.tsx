import { Archive, ArchiveRestore, Copy, FolderOpen, Pencil, Shuffle, Tag, Trash2, Undo2 } from 'lucide-react';
import { useStrings } from '../../strings/index.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import { useHome } from './home-store.ts';
import type { HomeActions } from './use-home-actions.ts';
import type { Card } from './use-project-pages.ts';

const ICON = 'size-3.5';

/** What can be done to a card; what can be done to many is done to all that are marked, when the card is one of them. */
export function useCardMenu(card: Card | undefined, actions: HomeActions): MenuEntry[] {
  const { home, common } = useStrings();
  const selected = useHome((state) => state.selection.ids);
  if (!card) return [];
  const ids = selected.has(card.id) ? [...selected] : [card.id];
  const isAlone = ids.length === 1;
  if (card.isDeleted) return [{ id: 'restore', label: home.restore, icon: <Undo2 aria-hidden className={ICON} />, onSelect: () => actions.restore(ids) }];
  const one: MenuEntry[] = [
    { id: 'open', label: home.open, shortcut: 'enter', icon: <FolderOpen aria-hidden className={ICON} />, onSelect: () => actions.open(card) },
    { id: 'rename', label: home.rename, shortcut: 'F2', icon: <Pencil aria-hidden className={ICON} />, onSelect: () => afterMenu(() => actions.startRename(card)) },
    { id: 'tags', label: home.tags, icon: <Tag aria-hidden className={ICON} />, onSelect: () => afterMenu(() => actions.startTagging(card)) },
    { kind: 'separator', id: 'variants' },
    ...(['hook', 'copy', 'look'] as const).map((axis): MenuEntry => ({ id: axis, label: home.vary[axis], icon: <Shuffle aria-hidden className={ICON} />, onSelect: () => actions.vary(card, axis) })),
    { kind: 'separator', id: 'whole' },
  ];
  return [
    ...(isAlone ? one : []),
    { id: 'duplicate', label: common.duplicate, shortcut: 'mod+d', icon: <Copy aria-hidden className={ICON} />, onSelect: () => actions.duplicate(ids) },
    card.isArchived
      ? { id: 'archive', label: home.unarchive, icon: <ArchiveRestore aria-hidden className={ICON} />, onSelect: () => actions.archive(ids, false) }
      : { id: 'archive', label: home.archive, icon: <Archive aria-hidden className={ICON} />, onSelect: () => actions.archive(ids, true) },
    { id: 'delete', label: common.delete, shortcut: 'delete', icon: <Trash2 aria-hidden className={ICON} />, isDangerous: true, onSelect: () => actions.remove(ids) },
  ];
}

/** A closing menu gives the focus back; a field that wants it must come after that. */
function afterMenu(work: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(work));
}
