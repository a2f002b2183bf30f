import { Check, CircleSlash } from 'lucide-react';
import { useStrings } from '../../strings/index.ts';
import { Spinner } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import type { RunModel } from './run-model.ts';
import { stagesOf } from './run-stages.ts';
import type { StageStanding } from './run-stages.ts';

/** The stages of a run, in words; several can be at work at once. */
export function StageRail({ run }: { readonly run: RunModel }) {
  const { run: words } = useStrings();
  return (
    <ol aria-label={words.stages} className="flex flex-wrap gap-x-1 gap-y-1.5">
      {stagesOf(run).map((standing, index) => (
        <li key={standing.stage} className="flex items-center gap-1" aria-current={standing.standing === 'running' ? 'step' : undefined}>
          {index > 0 && <span aria-hidden className="mx-1 h-px w-4 bg-line-strong/60" />}
          <span className={cx('flex items-center gap-1.5 text-xs', standing.standing === 'waiting' || standing.standing === 'kept' ? 'text-muted' : 'text-text')}>
            <StageIcon standing={standing.standing} />
            {words.stage[standing.stage]}
            <span className="text-muted tabular-nums">{standing.standing === 'kept' ? words.kept : standing.total > 1 && standing.standing === 'running' ? `${standing.done}/${standing.total}` : ''}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function StageIcon({ standing }: Pick<StageStanding, 'standing'>) {
  if (standing === 'done' || standing === 'kept') return <Check aria-hidden className={cx('size-3.5', standing === 'done' ? 'text-success' : 'text-muted')} />;
  if (standing === 'running') return <Spinner className="size-3 text-accent" />;
  if (standing === 'stopped') return <CircleSlash aria-hidden className="size-3.5 text-warning" />;
  return <span aria-hidden className="mx-0.5 size-2.5 rounded-full border border-line-strong" />;
}
