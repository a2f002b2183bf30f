import { Check, Play, Square } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { engine } from '../../api/connection.ts';
import { useCommands } from '../../app/commands.ts';
import { to } from '../../app/routes.ts';
import { useStrings } from '../../strings/index.ts';
import { Button, IconButton, Spinner } from '../../ui/button.tsx';
import { Progress } from '../../ui/controls.tsx';
import { toast } from '../../ui/toast.ts';
import { renderProject } from './render-project.ts';
import type { Pending } from './use-pending.ts';

/** What has changed since the last render, and rendering it; while it renders, how far it is. */
export function PendingBar({ projectId, pending: { changes, isFirst, active, activeId, isActiveCurrent } }: { readonly projectId: string; readonly pending: Pending }) {
  const { storyboard, run, common } = useStrings();
  const [isBusy, setBusy] = useState(false);
  const isRendering = activeId !== null && active?.model.state !== 'succeeded';
  const canRender = changes?.isAny === true && !isBusy && !(isRendering && isActiveCurrent);
  const render = (): void => {
    setBusy(true);
    renderProject(projectId).catch(toast.error).finally(() => setBusy(false));
  };
  useCommands([{ id: 'storyboard.render', label: storyboard.render, group: storyboard.group, keys: ['mod+enter'], isGlobal: true, isDisabled: !canRender, run: render }]);
  return (
    <div role="status" className="flex min-w-0 items-center gap-3">
      {isRendering ? (
        <>
          <Spinner className="text-accent" />
          <span className="truncate tabular-nums">{active?.eta.shownSeconds == null ? run.estimating : run.remaining(active.eta.shownSeconds)}</span>
          <Progress label={run.progress} value={active?.model.progress ?? 0} className="w-28" />
          <span className="w-9 text-right tabular-nums">{common.percent(Math.min(0.99, active?.model.progress ?? 0))}</span>
          <IconButton label={run.cancelRun} size="small" onClick={() => void engine.runs.cancel({ runId: activeId }).catch(toast.error)}><Square aria-hidden className="size-3 fill-current" /></IconButton>
          <Link href={to.project(projectId, 'run')} className="text-accent hover:underline">{storyboard.showRun}</Link>
        </>
      ) : changes?.isAny === false ? (
        <span className="flex items-center gap-1.5 text-muted"><Check aria-hidden className="size-3.5 text-success" />{storyboard.upToDate}</span>
      ) : (
        changes && <span className="truncate text-muted">{isFirst ? storyboard.neverRendered : storyboard.changed(changes.sceneIds.length, changes.isOrderChanged, changes.isSoundChanged)}</span>
      )}
      {(!isRendering || canRender) && <Button kind={canRender && !isRendering ? 'primary' : 'secondary'} size="small" icon={<Play aria-hidden className="size-3" />} disabled={!canRender} isBusy={isBusy} onClick={render}>{storyboard.render}</Button>}
    </div>
  );
}
