import { Download } from 'lucide-react';
import { Link } from 'wouter';
import { to } from '../../app/routes.ts';
import { useStrings } from '../../strings/index.ts';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { ExportRow } from './export-row.tsx';
import { useExports } from './use-exports.ts';

/** The exports of all projects: what is under way, and what was made. */
export default function ExportsScreen() {
  const { exporting } = useStrings();
  const list = useExports();
  const open = list.data?.filter(({ endedMs }) => endedMs === null) ?? [];
  const over = list.data?.filter(({ endedMs }) => endedMs !== null) ?? [];
  return (
    <div className="flex h-full flex-col">
      <header className="flex h-12 shrink-0 items-center border-b border-line bg-surface px-5"><h1 className="text-base font-semibold">{exporting.title}</h1></header>
      <div className="min-h-0 flex-1 overflow-auto">
        {list.error ? <ErrorState error={list.error} onRetry={() => void list.refetch()} /> : !list.data ? <LoadingState /> : list.data.length === 0 ? (
          <EmptyState icon={<Download aria-hidden className="size-8" />} title={exporting.nothingYet} text={exporting.nothingYetText} action={<Link href={to.home()} className="rounded-md border border-line bg-raised px-3 py-1.5 hover:border-line-strong">{exporting.toProjects}</Link>} />
        ) : (
          <div className="mx-auto flex max-w-4xl flex-col gap-6 p-5">
            {open.length > 0 && <Group title={exporting.underWay} rows={open} />}
            {over.length > 0 && <Group title={exporting.finished} rows={over} />}
          </div>
        )}
      </div>
    </div>
  );
}

function Group({ title, rows }: { readonly title: string; readonly rows: NonNullable<ReturnType<typeof useExports>['data']> }) {
  return (
    <section>
      <h2 className="mb-2 text-xs font-semibold text-muted">{title}</h2>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">{rows.map((row) => <ExportRow key={row.id} row={row} showsProject />)}</ul>
    </section>
  );
}
