import { LoadingState } from '../../ui/states.tsx';
import { LogView } from './log-view.tsx';
import { OfflineNote } from './offline-note.tsx';
import { taskOf, useSidecar } from './sidecar-store.ts';
import { StateCard } from './state-card.tsx';
import { TaskCard } from './task-card.tsx';

/** ComfyUI: how it is, what is being done with it, its log. */
export function SidecarPanel({ isOffline }: { readonly isOffline: boolean }) {
  const { status, tasks } = useSidecar();
  const task = taskOf(tasks, 'store');
  if (!status) return <LoadingState />;
  const isLive = ['starting', 'running', 'busy', 'stopping'].includes(status.state);
  const isOurs = status.origin === 'managed' || status.origin === 'adopted' || status.origin === 'shared';
  return (
    <>
      {isOffline && <OfflineNote />}
      <StateCard status={status} isOffline={isOffline} />
      {task && <TaskCard task={task} />}
      {isOurs && <LogView isLive={isLive} />}
    </>
  );
}
