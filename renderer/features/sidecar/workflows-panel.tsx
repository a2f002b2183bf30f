import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleDashed } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { engine } from '../../api/connection.ts';
import { to } from '../../app/routes.ts';
import { useLanguage, useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { Badge } from '../../ui/controls.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { formatBytes } from '../settings/format-bytes.ts';
import { Card, Section } from '../settings/section.tsx';
import { sumUp } from './choose-models.ts';
import { PullDialog } from './pull-dialog.tsx';
import { taskOf, useSidecar } from './sidecar-store.ts';
import type { ShownWorkflow } from './sidecar-store.ts';
import { TaskCard } from './task-card.tsx';

/** What ComfyUI can be asked for, by what comes out: ready, or what is missing. */
export function WorkflowsPanel() {
  const { sidecar: words } = useStrings();
  const state = useSidecar(({ status }) => status?.state);
  const task = useSidecar(({ tasks }) => taskOf(tasks, 'models'));
  const { data, error, refetch } = useQuery({ queryKey: ['workflows', state, task?.state], queryFn: () => engine.sidecar.workflows(), placeholderData: (before) => before });
  const models = useQuery({ queryKey: ['models'], queryFn: () => engine.sidecar.models() });
  const [wanted, setWanted] = useState<ReadonlySet<string>>(new Set());
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingState />;
  const capabilities = [...new Set(data.map(({ capability }) => capability))];
  return (
    <>
      <div className="flex items-end justify-between gap-6">
        <p className="max-w-[72ch] text-pretty text-muted">{words.workflowsIntro}</p>
        {state === 'absent' && <Link href={to.settings('sidecar')} className="shrink-0 font-medium text-accent underline-offset-2 hover:underline">{words.goSidecar}</Link>}
      </div>
      {task && <TaskCard task={task} />}
      {capabilities.map((capability) => (
        <Section key={capability} title={words.capability[capability] ?? capability}>
          <Card>{data.filter((workflow) => workflow.capability === capability).map((workflow) => <WorkflowRow key={workflow.id} workflow={workflow} hasEngine={state !== 'absent'} isBusy={task?.state === 'running'} onGet={setWanted} />)}</Card>
        </Section>
      ))}
      <PullDialog isOpen={wanted.size > 0} sum={sumUp(models.data ?? [], wanted)} onClose={() => setWanted(new Set())} onStarted={() => {}} />
    </>
  );
}

function WorkflowRow({ workflow, hasEngine, isBusy, onGet }: { readonly workflow: ShownWorkflow; readonly hasEngine: boolean; readonly isBusy: boolean; onGet(ids: ReadonlySet<string>): void }) {
  const { sidecar: words } = useStrings();
  const language = useLanguage();
  const { title, isReady, isOwn, missing, problem, missingModels, missingBytes, license, vramTierGb } = workflow;
  const Icon = isReady ? CircleCheck : CircleDashed;
  return (
    <div className="flex items-center gap-3 border-b border-line px-4 py-2.5 last:border-b-0">
      <Icon aria-hidden className={isReady ? 'size-4 shrink-0 text-success' : 'size-4 shrink-0 text-muted'} />
      <div className="min-w-0 flex-1">
        <div className="flex items-center gap-2"><span className="truncate">{title}</span>{isOwn && <Badge>{words.ownWorkflow}</Badge>}</div>
        <p className="text-xs text-muted [overflow-wrap:anywhere]">{isReady ? license || words.noLicense : problem ?? (missing.length > 0 ? words.needs(missing.join(', ')) : hasEngine ? '' : words.needsEngine)}</p>
      </div>
      <span className="w-16 shrink-0 text-right text-xs text-muted tabular-nums">{words.gpu(vramTierGb)}</span>
      <div className="flex w-52 shrink-0 justify-end">
        {isReady ? <Badge tone="success">{words.ready}</Badge> : missingModels.length > 0 ? <Button size="small" disabled={isBusy} onClick={() => onGet(new Set(missingModels))}>{words.getModels(formatBytes(missingBytes, language))}</Button> : <Badge>{hasEngine ? words.notReady : words.needsEngine}</Badge>}
      </div>
    </div>
  );
}
