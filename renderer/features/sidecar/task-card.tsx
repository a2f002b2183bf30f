import { CircleCheck, CircleX, TriangleAlert, X } from 'lucide-react';
import { engine } from '../../api/connection.ts';
import { useLanguage, useStrings } from '../../strings/index.ts';
import { sayProblem } from '../../strings/say.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Progress } from '../../ui/controls.tsx';
import { toast } from '../../ui/toast.ts';
import { formatBytes } from '../settings/format-bytes.ts';
import { Card } from '../settings/section.tsx';
import { formatRemaining } from './remaining.ts';
import { hideTask, useSidecar } from './sidecar-store.ts';
import type { SidecarTask } from './sidecar-store.ts';

/** Something under way: what, how far, how fast, how long still; or how it has ended. */
export function TaskCard({ task }: { readonly task: SidecarTask }) {
  const isHidden = useSidecar(({ hidden }) => hidden.has(task.id));
  if (isHidden) return null;
  return <Card className="px-4 py-3">{task.state === 'running' ? <Running task={task} /> : <Ended task={task} onHide={() => hideTask(task.id)} />}</Card>;
}

function Running({ task }: { readonly task: SidecarTask }) {
  const { sidecar: words, common } = useStrings();
  const language = useLanguage();
  const size = (bytes: number): string => formatBytes(bytes, language);
  const facts = [
    task.stage ? words.stage[task.stage] : task.kind === 'pull' ? task.label : '',
    task.doneBytes !== null && task.totalBytes !== null ? words.ofBytes(size(task.doneBytes), size(task.totalBytes)) : '',
    task.bytesPerSecond !== null && task.bytesPerSecond > 0 ? words.speed(size(task.bytesPerSecond)) : '',
    task.remainingSeconds === null ? '' : words.remaining(formatRemaining(task.remainingSeconds, words)),
  ].filter((fact) => fact !== '');
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-4">
        <span className="font-medium">{words.task[task.kind]}</span>
        <div className="flex items-center gap-3">
          <span className="text-muted tabular-nums">{task.fraction === null ? '' : common.percent(task.fraction)}</span>
          <Button size="small" onClick={() => engine.sidecar.cancel({ taskId: task.id }).catch(toast.error)}>{common.cancel}</Button>
        </div>
      </div>
      <Progress label={words.task[task.kind]} value={task.fraction} />
      <p className="min-h-4 truncate text-xs text-muted tabular-nums" title={task.label}>{facts.join(' · ')}</p>
    </div>
  );
}

const ICONS = { succeeded: <CircleCheck aria-hidden className="size-4 text-success" />, failed: <TriangleAlert aria-hidden className="size-4 text-danger" />, canceled: <CircleX aria-hidden className="size-4 text-muted" />, running: null } as const;

function Ended({ task, onHide }: { readonly task: SidecarTask; onHide(): void }) {
  const { sidecar: words, common } = useStrings();
  const { text, detail } = sayProblem(task.problem, task.state === 'canceled' ? words.canceledText : (task.message ?? ''));
  return (
    <div role="status" className="flex items-start gap-2.5">
      <span className="mt-0.5">{ICONS[task.state]}</span>
      <div className="min-w-0 flex-1">
        <p><span className="font-medium">{words.task[task.kind]}</span> <span className="text-muted">· {words.taskEnd[task.state]}</span></p>
        {[text, detail].map((line) => line && <p key={line} className="mt-0.5 text-xs text-muted [overflow-wrap:anywhere]">{line}</p>)}
      </div>
      <IconButton label={common.close} size="small" onClick={onHide}><X aria-hidden className="size-3.5" /></IconButton>
    </div>
  );
}
