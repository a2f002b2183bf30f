/** Opens a project for the views inside it, and keeps the document in step with the engine while they are shown. */
import { Info, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useConnection } from '../../api/connection.ts';
import { useCommands } from '../../app/commands.ts';
import { useStrings } from '../../strings/index.ts';
import { IconButton } from '../../ui/button.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { dismissNotice, openProject, redoProject, refreshProject, resyncProject, undoProject, useProject } from './project-store.ts';

type Opening = { readonly projectId: string; readonly state: 'opening' | 'open' } | { readonly projectId: string; readonly state: 'failed'; readonly error: unknown };

/** Shows its children once the project is open. */
export function ProjectSession({ projectId, children }: { readonly projectId: string; readonly children: ReactNode }) {
  const { edits } = useStrings();
  const [attempt, setAttempt] = useState(0);
  const opening = useOpening(projectId, attempt);
  if (opening.state === 'failed') return <ErrorState error={opening.error} onRetry={() => setAttempt(attempt + 1)} />;
  if (opening.state === 'opening' || opening.projectId !== projectId) return <LoadingState text={edits.opening} />;
  return <Opened>{children}</Opened>;
}

function useOpening(projectId: string, attempt: number): Opening {
  const [opening, setOpening] = useState<Opening>({ projectId, state: 'opening' });
  useEffect(() => {
    const abort = new AbortController();
    let close: (() => void) | undefined;
    setOpening({ projectId, state: 'opening' });
    openProject(projectId, abort.signal).then(
      (leave) => {
        close = leave;
        if (abort.signal.aborted) leave();
        else setOpening({ projectId, state: 'open' });
      },
      (error: unknown) => abort.signal.aborted || setOpening({ projectId, state: 'failed', error }),
    );
    return () => {
      abort.abort();
      close?.();
    };
  }, [projectId, attempt]);
  return opening;
}

function Opened({ children }: { readonly children: ReactNode }) {
  const { common, edits } = useStrings();
  const { canUndo, canRedo, undoLabel, redoLabel, notice } = useProject();
  const generation = useConnection((connection) => connection.generation);
  useEffect(() => resyncProject(), [generation]);
  useEffect(() => {
    const look = (): void => void (document.visibilityState === 'visible' && refreshProject());
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
  useCommands([
    { id: 'edit.undo', label: undoLabel ? edits.undo(undoLabel) : common.undo, group: edits.group, keys: ['mod+z'], isDisabled: !canUndo, run: () => void undoProject() },
    { id: 'edit.redo', label: redoLabel ? edits.redo(redoLabel) : common.redo, group: edits.group, keys: ['mod+shift+z', 'mod+y'], isDisabled: !canRedo, run: () => void redoProject() },
  ]);
  return (
    <div className="flex h-full flex-col">
      {notice !== null && (
        <div role="status" className="flex items-center gap-2 border-b border-warning/40 bg-warning-soft px-3 py-1.5 text-warning">
          <Info aria-hidden className="size-4 shrink-0" />
          <p className="flex-1">{notice}</p>
          <IconButton label={common.close} size="small" onClick={dismissNotice}><X aria-hidden className="size-3.5" /></IconButton>
        </div>
      )}
      <div className="min-h-0 flex-1">{children}</div>
    </div>
  );
}
