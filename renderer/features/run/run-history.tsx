import { useStrings, useLanguage } from '../../strings/index.ts';
import { cx } from '../../ui/cx.ts';
import { formatAgo, formatClock } from './format-time.ts';
import type { RunSummary } from './use-project-runs.ts';

const DOTS = { queued: 'bg-line-strong', running: 'bg-accent animate-pulse', succeeded: 'bg-success', failed: 'bg-danger', canceled: 'border border-line-strong' } as const;

interface RunHistoryProps {
  readonly runs: readonly RunSummary[];
  readonly chosenId: string;
  onChoose(runId: string): void;
}

/** The runs of a project, newest first. */
export function RunHistory({ runs, chosenId, onChoose }: RunHistoryProps) {
  const { run: words } = useStrings();
  const language = useLanguage();
  const now = Date.now();
  return (
    <nav aria-label={words.history} className="flex w-52 shrink-0 flex-col overflow-auto border-l border-line bg-surface p-2">
      <h2 className="px-2 py-1.5 text-xs font-semibold text-muted">{words.history}</h2>
      {runs.map((run) => (
        <button key={run.id} type="button" aria-current={run.id === chosenId} onClick={() => onChoose(run.id)} className={cx('flex items-start gap-2.5 rounded-md px-2 py-1.5 text-left hover:bg-raised', run.id === chosenId && 'bg-raised')}>
          <span aria-hidden className={cx('mt-1.5 size-2 shrink-0 rounded-full', DOTS[run.state])} />
          <span className="min-w-0 flex-1">
            <span className="block truncate">{run.isInterrupted ? words.interruptedShort : words.stateShort[run.state]}</span>
            <span className="block truncate text-xs text-muted tabular-nums">{formatAgo(run.createdMs, now, language)}{run.startedMs !== null && run.endedMs !== null && ` · ${formatClock(run.endedMs - run.startedMs)}`}</span>
          </span>
        </button>
      ))}
    </nav>
  );
}
