/** One run, whatever it is doing: its state, its scenes as they come, and what came out. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { RATIOS } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { Scene } from '#core/project/schema.ts';
import { engine, useConnection } from '../../api/connection.ts';
import { mediaUrl } from '../../api/media-url.ts';
import { useStrings } from '../../strings/index.ts';
import { Segments } from '../../ui/controls.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { refreshProject } from '../project/project-store.ts';
import { hasEnded } from './run-model.ts';
import type { RunModel } from './run-model.ts';
import { RunNotes } from './run-notes.tsx';
import { RunResults } from './run-results.tsx';
import { RunStatus } from './run-status.tsx';
import { followRun, useRun } from './run-store.ts';
import { SceneCard } from './scene-card.tsx';
import { sceneStanding } from './scene-standing.ts';

interface RunViewProps {
  readonly runId: string;
  /** Of the project, once it is planned; the run may be of an earlier state of it. */
  readonly scenes: readonly Scene[];
  readonly isInterrupted: boolean;
  /** What to do with a finished advert. */
  readonly next?: ReactNode;
}

/** A run by its id. */
export function RunView({ runId, scenes, isInterrupted, next }: RunViewProps) {
  const run = useRun(runId);
  const generation = useConnection((connection) => connection.generation);
  const state = run?.model.state;
  // The project is written down between two stages, so every new stage is a reason to look.
  useEffect(refreshProject, [run?.model.stage, state]);
  const { data: document } = useQuery({ queryKey: ['runs', runId, 'document', state, generation], queryFn: () => engine.runs.show({ runId }), enabled: run !== undefined && hasEnded(run.model) });
  if (run?.error) return <ErrorState error={run.error} onRetry={() => followRun(runId)} />;
  if (!run?.isKnown) return <LoadingState />;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <RunStatus run={run} isInterrupted={isInterrupted} costUsd={document?.costUsd ?? 0}>{state === 'succeeded' && next}</RunStatus>
      <div className="flex min-h-0 flex-1 flex-col gap-6 overflow-auto p-5">
        {document && <RunResults renditions={document.renditions} />}
        {document && <RunNotes notices={document.notices} fallbacks={document.fallbacks} droppedClaims={document.droppedClaims} />}
        {state !== 'succeeded' && <InTheMaking run={run.model} scenes={scenes} />}
      </div>
    </div>
  );
}

function InTheMaking({ run, scenes }: { readonly run: RunModel; readonly scenes: readonly Scene[] }) {
  const { run: words } = useStrings();
  const ratios = ratiosOf(run);
  const [wish, setWish] = useState<Ratio | null>(null);
  const ratio = wish !== null && ratios.includes(wish) ? wish : (ratios[0] ?? '9:16');
  if (scenes.length === 0 || ratios.length === 0) return <Beginning run={run} />;
  return (
    <section aria-label={words.scenes}>
      <header className="mb-3 flex h-7 items-center justify-between gap-4">
        <h2 className="text-xs font-semibold text-muted">{words.scenes}</h2>
        {ratios.length > 1 && <Segments<Ratio> label={words.ratio} value={ratio} options={ratios.map((value) => ({ value, label: value }))} onChange={setWish} />}
      </header>
      <ul className="grid gap-4" style={{ gridTemplateColumns: `repeat(auto-fill, minmax(${{ '9:16': 190, '1:1': 230, '16:9': 300 }[ratio]}px, 1fr))`, maxWidth: scenes.length * { '9:16': 300, '1:1': 380, '16:9': 520 }[ratio] }}>
        {scenes.map((scene, index) => <SceneCard key={scene.id} scene={scene} number={index + 1} ratio={ratio} standing={sceneStanding(run, scene.id, ratio, ratios)} />)}
      </ul>
    </section>
  );
}

/** Before there are scenes: the product, as soon as it is cut out. A run that ended before waits for nothing. */
function Beginning({ run }: { readonly run: RunModel }) {
  const { run: words } = useStrings();
  const isOver = hasEnded(run);
  const cutouts = [...run.steps.values()].flatMap((step) => (step.kind === 'cutout' ? (step.artifacts?.['cutout'] ?? []) : []));
  if (isOver && cutouts.length === 0) return null;
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-5 p-6 text-center">
      <div className="flex h-64 items-end justify-center gap-6">
        {cutouts.length === 0 ? <div className="size-48 animate-pulse rounded-2xl bg-gradient-to-b from-raised to-sunken" /> : cutouts.map((cutout) => <img key={cutout.hash} src={mediaUrl(cutout.hash)} alt={words.cutout} className="max-h-64 max-w-80 object-contain drop-shadow-xl" />)}
      </div>
      {!isOver && <p className="max-w-md text-muted">{cutouts.length === 0 ? words.readingPhoto : words.planningNext}</p>}
    </div>
  );
}

/** In the order in which they are made. */
function ratiosOf(run: RunModel): Ratio[] {
  const seen = new Set([...run.steps.values()].flatMap((step) => (step.subject.sceneId ? (step.subject.ratio ?? []) : [])));
  return RATIOS.filter((ratio) => seen.has(ratio));
}
