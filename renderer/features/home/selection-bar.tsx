import { Archive, ArchiveRestore, Copy, Trash2, Undo2, X } from 'lucide-react';
import { useStrings } from '../../strings/index.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { clearSelection, useHome } from './home-store.ts';
import type { HomeActions } from './use-home-actions.ts';

/** What can be done to all that are marked; there while something is. */
export function SelectionBar({ actions }: { readonly actions: HomeActions }) {
  const { home, common } = useStrings();
  const { selection, filters } = useHome();
  const ids = [...selection.ids];
  if (ids.length === 0) return null;
  const isBin = filters.show === 'deleted';
  const isArchive = filters.show === 'archived';
  return (
    <div role="toolbar" aria-label={home.selected(ids.length)} className="absolute bottom-5 left-1/2 z-10 flex -translate-x-1/2 items-center gap-1 rounded-xl border border-line bg-raised p-1.5 shadow-pop">
      <span role="status" className="px-2.5 font-medium tabular-nums">{home.selected(ids.length)}</span>
      <span aria-hidden className="mx-1 h-5 w-px bg-line" />
      {isBin ? <Button kind="quiet" icon={<Undo2 aria-hidden className="size-4" />} onClick={() => actions.restore(ids)}>{home.restore}</Button> : (
        <>
          <Button kind="quiet" icon={<Copy aria-hidden className="size-4" />} onClick={() => actions.duplicate(ids)}>{common.duplicate}</Button>
          <Button kind="quiet" icon={isArchive ? <ArchiveRestore aria-hidden className="size-4" /> : <Archive aria-hidden className="size-4" />} onClick={() => actions.archive(ids, !isArchive)}>{isArchive ? home.unarchive : home.archive}</Button>
          <Button kind="quiet" className="text-danger" icon={<Trash2 aria-hidden className="size-4" />} onClick={() => actions.remove(ids)}>{common.delete}</Button>
        </>
      )}
      <span aria-hidden className="mx-1 h-5 w-px bg-line" />
      <IconButton label={home.clearSelection} shortcut="escape" onClick={clearSelection}><X aria-hidden className="size-4" /></IconButton>
    </div>
  );
}
