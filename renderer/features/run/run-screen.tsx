/** A run whose project is not known yet; it becomes a view of the project as soon as there is one. */
import { useQuery } from '@tanstack/react-query';
import { Redirect } from 'wouter';
import { engine, useConnection } from '../../api/connection.ts';
import { to } from '../../app/routes.ts';
import { useStrings } from '../../strings/index.ts';
import { ErrorState } from '../../ui/states.tsx';
import { useRun } from './run-store.ts';
import { RunView } from './run-view.tsx';

/** Shown at `/runs/:runId`. */
export default function RunScreen({ runId }: { readonly runId: string }) {
  const { run: words } = useStrings();
  const run = useRun(runId);
  const generation = useConnection((connection) => connection.generation);
  // The project is written down between two stages, so every new stage is a reason to look.
  const { data, error, refetch } = useQuery({ queryKey: ['runs', runId, 'summary', run?.model.stage, run?.model.state, generation], queryFn: () => engine.runs.show({ runId }), placeholderData: (before) => before });
  if (data?.projectId) return <Redirect to={to.project(data.projectId, 'run')} replace />;
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <h1 className="sr-only">{words.group}</h1>
      <RunView runId={runId} scenes={[]} isInterrupted={false} />
    </>
  );
}
