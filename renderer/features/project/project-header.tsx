/** Left end of a project's head: the way back, the name, undo and redo, whether everything is saved. */
import { ArrowLeft, Check, CloudOff, Redo2, TriangleAlert, Undo2 } from 'lucide-react';
import { Link } from 'wouter';
import { to } from '../../app/routes.ts';
import { useStrings } from '../../strings/index.ts';
import { IconButton, Spinner } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { messageOf } from '../../strings/say.ts';
import { Tooltip } from '../../ui/tooltip.tsx';
import { ProjectName } from './project-name.tsx';
import { acknowledgeConflict, redoProject, undoProject, useProject } from './project-store.ts';

/** Stands in the head of every view of a project. */
export function ProjectHeader() {
  const { common, frame, edits } = useStrings();
  const { canUndo, canRedo, undoLabel, redoLabel } = useProject();
  return (
    <div className="flex min-w-0 flex-1 basis-0 items-center gap-1">
      <Tooltip label={frame.goHome}><Link href={to.home()} aria-label={frame.goHome} className="flex size-8 shrink-0 items-center justify-center rounded-md text-muted hover:bg-raised hover:text-text"><ArrowLeft aria-hidden className="size-4" /></Link></Tooltip>
      <ProjectName />
      <IconButton label={undoLabel ? edits.undo(undoLabel) : common.undo} shortcut="mod+z" disabled={!canUndo} onClick={undoProject}><Undo2 aria-hidden className="size-4" /></IconButton>
      <IconButton label={redoLabel ? edits.redo(redoLabel) : common.redo} shortcut="mod+shift+z" disabled={!canRedo} onClick={redoProject}><Redo2 aria-hidden className="size-4" /></IconButton>
      <SaveMark />
    </div>
  );
}

function SaveMark() {
  const { edits } = useStrings();
  const { saveState, saveError } = useProject();
  const icons = { saved: <Check aria-hidden className="size-3.5" />, saving: <Spinner className="size-3" />, waiting: <CloudOff aria-hidden className="size-3.5" />, conflict: <TriangleAlert aria-hidden className="size-3.5" /> };
  const explanation = saveState === 'waiting' && saveError !== undefined ? `${edits.explained.waiting} ${messageOf(saveError)}` : edits.explained[saveState];
  return (
    <Tooltip label={explanation}>
      <button type="button" aria-live="polite" onClick={acknowledgeConflict} className={cx('ml-1 flex shrink-0 items-center gap-1.5 rounded px-1.5 py-1 text-xs text-muted', saveState !== 'saved' && saveState !== 'saving' && 'text-warning')}>
        {icons[saveState]}{edits.save[saveState]}
      </button>
    </Tooltip>
  );
}
