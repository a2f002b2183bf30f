import { useMutation, useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { engine } from '../../api/connection.ts';
import { useLanguage, useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.ts';
import { formatBytes } from '../settings/format-bytes.ts';

/** What an installation would fetch and need, before it is begun. */
export function InstallDialog({ isOpen, onClose }: { readonly isOpen: boolean; onClose(): void }) {
  const { sidecar: words, common } = useStrings();
  const plan = useQuery({ queryKey: ['sidecar-plan'], queryFn: ({ signal }) => engine.sidecar.plan(undefined, { signal }), enabled: isOpen, gcTime: 0, retry: false });
  const install = useMutation({ mutationFn: () => engine.sidecar.install(), onSuccess: onClose, onError: toast.error });
  const mayInstall = plan.data !== undefined && plan.data.problems.length === 0;
  return (
    <Dialog
      title={words.installTitle} description={words.installText} isOpen={isOpen} onOpenChange={(open) => !open && onClose()}
      actions={<><Button onClick={onClose}>{common.cancel}</Button><Button kind="primary" disabled={!mayInstall} isBusy={install.isPending} onClick={() => install.mutate()}>{words.installGo}</Button></>}
    >
      <div className="min-h-44 py-1">
        {plan.error ? <ErrorState error={plan.error} onRetry={() => void plan.refetch()} /> : plan.data ? <Plan plan={plan.data} /> : <LoadingState text={words.planLooking} />}
      </div>
    </Dialog>
  );
}

type InstallPlan = Awaited<ReturnType<typeof engine.sidecar.plan>>;

function Plan({ plan }: { readonly plan: InstallPlan }) {
  const { sidecar: words } = useStrings();
  const language = useLanguage();
  const size = (bytes: number): string => formatBytes(bytes, language);
  const rows: [string, string][] = [
    [words.planVersion, plan.version], [words.planVariant, words.variant[plan.variant] ?? plan.variant],
    [words.planDownload, size(plan.downloadBytes)], [words.planDisk, size(plan.diskBytes)], [words.planFree, plan.freeBytes === null ? words.unknown : size(plan.freeBytes)], [words.planFolder, plan.folder],
  ];
  return (
    <div className="flex flex-col gap-3">
      <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-1.5 rounded-lg border border-line bg-sunken px-4 py-3">
        {rows.map(([name, value]) => [<dt key={`${name}-name`} className="text-muted">{name}</dt>, <dd key={name} className="tabular-nums [overflow-wrap:anywhere]">{value}</dd>])}
      </dl>
      {plan.problems.map((problem) => <p key={problem} role="alert" className="flex gap-2 text-danger"><TriangleAlert aria-hidden className="mt-px size-4 shrink-0" />{problem}</p>)}
      {plan.notes.length > 0 && <ul aria-label={words.planNotes} className="list-disc pl-4 text-xs text-muted">{plan.notes.map((note) => <li key={note}>{note}</li>)}</ul>}
    </div>
  );
}
