import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useStrings } from '../../strings/index.ts';
import { Badge, Progress } from '../../ui/controls.tsx';
import { useRun } from '../run/run-store.ts';
import { isBusy } from './use-project-pages.ts';
import type { Card } from './use-project-pages.ts';

/** What the newest run is at; nothing for one that ended well, because the poster says it. */
export function CardState({ card, name }: { readonly card: Card; readonly name: string }) {
  if (isBusy(card)) return <Busy card={card} name={name} />;
  return <Ended card={card} />;
}

function Ended({ card }: { readonly card: Card }) {
  const { home } = useStrings();
  if (card.runState === 'succeeded' || (card.runState === null && card.poster !== null)) return null;
  return <div className="absolute bottom-2 left-2"><Badge tone={card.runState === 'failed' ? 'danger' : 'neutral'}>{home.state[card.runState ?? 'none']}</Badge></div>;
}

function Busy({ card, name }: { readonly card: Card; readonly name: string }) {
  const { home, common } = useStrings();
  const queries = useQueryClient();
  const run = useRun(card.runId);
  const state = run?.isKnown ? run.model.state : card.runState;
  const hasEnded = state !== 'running' && state !== 'queued';
  // The card says how it ended, and has its poster.
  useEffect(() => {
    if (hasEnded) void queries.invalidateQueries({ queryKey: ['projects'] });
  }, [hasEnded, queries]);
  const progress = Math.max(card.runProgress ?? 0, run?.model.progress ?? 0);
  return (
    <div className="absolute inset-x-0 bottom-0 flex flex-col gap-1 border-t border-line bg-surface/95 px-2.5 pt-1.5 pb-2 text-[11px]">
      <div className="flex justify-between gap-2"><span className="truncate font-medium">{home.state[state ?? 'running']}</span><span className="text-muted tabular-nums">{common.percent(progress)}</span></div>
      <Progress label={home.progressOf(name)} value={progress} className="h-1" />
    </div>
  );
}
