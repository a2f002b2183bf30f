/** The runs of the open project: the newest one, and the way to earlier ones. */
import { Clapperboard, Download, Film, LayoutGrid } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { engine } from '../../api/connection.ts';
import { to } from '../../app/routes.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.ts';
import { flushProject, useProjectSelector } from '../project/project-store.ts';
import { RunHistory } from './run-history.tsx';
import { followRun } from './run-store.ts';
import { RunView } from './run-view.tsx';
import { useProjectRuns } from './use-project-runs.ts';

const LINK = 'inline-flex h-8 shrink-0 items-center gap-2 rounded-md border border-line bg-raised px-3 hover:border-line-strong';

/** The Run view of a project. */
export default function ProjectRun({ projectId }: { readonly projectId: string }) {
  const { run: words, frame } = useStrings();
  const scenes = useProjectSelector((document) => document.scenes);
  const { data: runs, error, refetch } = useProjectRuns(projectId);
  const [wish, setWish] = useState<string | null>(null);
  if (error && !runs) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!runs) return <LoadingState />;
  const shown = runs.find(({ id }) => id === wish) ?? runs[0];
  if (!shown) return <EmptyState icon={<Film aria-hidden className="size-8" />} title={words.noRuns} text={words.noRunsText} action={<Button kind="primary" onClick={() => void renderNow(projectId).catch(toast.error)}>{words.render}</Button>} />;
  const next = (
    <>
      <Link href={to.project(projectId, 'storyboard')} className={LINK}><LayoutGrid aria-hidden className="size-3.5" />{frame.view.storyboard}</Link>
      <Link href={to.project(projectId, 'timeline')} className={LINK}><Clapperboard aria-hidden className="size-3.5" />{frame.view.timeline}</Link>
      <Link href={to.project(projectId, 'export')} className="inline-flex h-8 shrink-0 items-center gap-2 rounded-md bg-accent px-3 font-semibold text-on-accent hover:bg-accent-hover"><Download aria-hidden className="size-3.5" />{frame.view.export}</Link>
    </>
  );
  return (
    <div className="flex h-full min-h-0">
      <div className="min-w-0 flex-1"><RunView key={shown.id} runId={shown.id} scenes={scenes} isInterrupted={shown.isInterrupted} next={next} /></div>
      {runs.length > 1 && <RunHistory runs={runs} chosenId={shown.id} onChoose={setWish} />}
    </div>
  );
}

async function renderNow(projectId: string): Promise<void> {
  await flushProject();
  const { isOffline } = await engine.settings.get();
  followRun((await engine.adverts.render({ projectId, isOffline })).runId);
}
