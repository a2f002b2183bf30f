import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Clock, Coins, MemoryStick } from 'lucide-react';
import { useDeferredValue } from 'react';
import type { ReactNode } from 'react';
import { engine } from '../../api/connection.ts';
import { useStrings } from '../../strings/index.ts';
import { Segments } from '../../ui/controls.tsx';
import { messageOf, sayProblem } from '../../strings/say.ts';
import { changeDraft, useDraft } from './draft-store.ts';
import { useOffline } from './use-offline.ts';

/** Who makes the pictures, and what that takes. */
export function EngineSection() {
  const { newAdvert } = useStrings();
  const choice = useDraft((state) => state.draft.engine);
  return (
    <div className="flex flex-col gap-3">
      <div><Segments label={newAdvert.engine} value={choice} options={(['auto', 'comfyui', 'embedded'] as const).map((value) => ({ value, label: newAdvert.engines[value] }))} onChange={(value) => changeDraft({ engine: value })} /></div>
      <Forecast />
    </div>
  );
}

function Forecast() {
  const { newAdvert } = useStrings();
  const draft = useDraft((state) => state.draft);
  const isOffline = useOffline();
  const asked = useDeferredValue({ ratios: draft.ratios, durationFrames: Math.round(draft.seconds * 30), sceneCount: draft.sceneCount, engine: draft.engine, photoCount: Math.max(1, draft.photos.length), isOffline });
  const { data, error } = useQuery({ queryKey: ['forecast', asked], queryFn: ({ signal }) => engine.adverts.forecast(asked, { signal }), placeholderData: keepPreviousData, staleTime: 15_000 });
  if (error) return <p role="alert" className="rounded-lg border border-warning/40 bg-warning-soft p-3 text-warning">{messageOf(error)}</p>;
  if (!data) return <div className="h-24 animate-pulse rounded-lg bg-sunken" />;
  return (
    <div className="rounded-lg border border-line bg-surface">
      <div className="grid grid-cols-3 divide-x divide-line border-b border-line">
        <Figure icon={<Clock aria-hidden className="size-4" />} label={newAdvert.time} value={newAdvert.range(data.seconds.from, data.seconds.to)} note={newAdvert.basis[data.basis]} />
        <Figure icon={<MemoryStick aria-hidden className="size-4" />} label={newAdvert.memory} value={!data.memoryBytes ? newAdvert.noGpu : newAdvert.gigabytes(data.memoryBytes)} />
        <Figure icon={<Coins aria-hidden className="size-4" />} label={newAdvert.cost} value={data.costUsd === 0 ? newAdvert.free : newAdvert.dollars(data.costUsd)} />
      </div>
      <ul className="px-3 py-2 text-xs">
        {data.parts.map(({ capability, provider, reason, reasonName }) => (
          <li key={capability} className="flex gap-2 py-0.5">
            <span className="w-24 shrink-0 text-muted">{newAdvert.capabilities[capability]}</span>
            <span className="shrink-0 font-medium">{newAdvert.provider(provider)}</span>
            {reason && <span className="min-w-0 flex-1 text-pretty text-muted" title={reason}>{sayProblem(reasonName, reason).text}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Figure({ icon, label, value, note }: { readonly icon: ReactNode; readonly label: string; readonly value: string; readonly note?: string }) {
  return (
    <div className="flex min-w-0 items-start gap-2 px-3 py-2">
      <span className="mt-0.5 text-muted">{icon}</span>
      <div className="min-w-0"><p className="text-xs text-muted">{label}</p><p className="truncate font-semibold tabular-nums">{value}</p>{note && <p className="truncate text-[11px] text-muted">{note}</p>}</div>
    </div>
  );
}
