import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { engine } from '../../api/connection.ts';
import { useLanguage, useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { Segments } from '../../ui/controls.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { TextField } from '../../ui/field.tsx';
import { formatBytes } from '../settings/format-bytes.ts';
import { filterModels, sumUp } from './choose-models.ts';
import { ModelTable } from './model-table.tsx';
import { OfflineNote } from './offline-note.tsx';
import { PullDialog } from './pull-dialog.tsx';
import { taskOf, useSidecar } from './sidecar-store.ts';
import { TaskCard } from './task-card.tsx';

/** All models there are: what each is for, how large, under which licence, and whether it is here. */
export function ModelsPanel({ isOffline }: { readonly isOffline: boolean }) {
  const { sidecar: words } = useStrings();
  const language = useLanguage();
  const { data, error, refetch } = useQuery({ queryKey: ['models'], queryFn: () => engine.sidecar.models() });
  const task = useSidecar(({ tasks }) => taskOf(tasks, 'models'));
  const isElsewhere = useSidecar(({ status }) => status?.origin === 'external');
  const [query, setQuery] = useState('');
  const [isOnlyMissing, setOnlyMissing] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isAsking, setAsking] = useState(false);
  useEffect(() => void refetch(), [task?.state, refetch]);
  const shown = useMemo(() => filterModels(data ?? [], query, isOnlyMissing), [data, query, isOnlyMissing]);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <LoadingState />;
  const sum = sumUp(data, chosen);
  const here = data.filter(({ isPresent }) => isPresent);
  const toggle = (id: string): void => setChosen((before) => (before.has(id) ? new Set([...before].filter((other) => other !== id)) : new Set([...before, id])));
  return (
    <>
      <div className="flex items-end justify-between gap-6">
        <div>
          <p className="max-w-[68ch] text-pretty text-muted">{words.modelsIntro}</p>
          <p className="mt-1 text-xs text-muted tabular-nums">{words.hereSum(here.length, data.length, formatBytes(here.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0), language))}</p>
        </div>
        <div className="flex shrink-0 items-center gap-3">
          <Segments label={words.show} value={isOnlyMissing ? 'missing' : 'all'} onChange={(value) => setOnlyMissing(value === 'missing')} options={[{ value: 'all', label: words.showAll }, { value: 'missing', label: words.missing }]} />
          <div className="relative w-56">
            <Search aria-hidden className="pointer-events-none absolute top-2 right-2.5 size-4 text-muted" />
            <TextField isLabelHidden label={words.filter} placeholder={words.filter} type="search" value={query} onChange={(event) => setQuery(event.target.value)} />
          </div>
        </div>
      </div>
      {isElsewhere && <p className="rounded-lg border border-line bg-surface px-4 py-2.5 text-muted">{words.ownModels}</p>}
      {isOffline && <OfflineNote />}
      {task && <TaskCard task={task} />}
      {shown.length === 0 ? <EmptyState title={words.noModels} /> : <ModelTable models={shown} chosen={chosen} onToggle={toggle} isDisabled={isOffline || task?.state === 'running'} />}
      {sum.ids.length > 0 && (
        <div role="status" className="sticky bottom-4 z-10 flex items-center justify-between gap-4 rounded-lg border border-line bg-raised px-4 py-2.5 shadow-pop">
          <span className="tabular-nums">{words.chosen(sum.ids.length, formatBytes(sum.bytes, language))}</span>
          <div className="flex gap-2">
            <Button kind="quiet" onClick={() => setChosen(new Set())}>{words.clear}</Button>
            <Button kind="primary" onClick={() => setAsking(true)}>{words.choosePull}</Button>
          </div>
        </div>
      )}
      <PullDialog isOpen={isAsking} sum={sum} onClose={() => setAsking(false)} onStarted={() => setChosen(new Set())} />
    </>
  );
}
