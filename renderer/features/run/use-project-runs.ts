import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { z } from 'zod';
import type { runSummarySchema } from '#core/contract/runs.ts';
import { engine, useConnection } from '../../api/connection.ts';
import { subscribeRuns } from './run-store.ts';

/** A run as lists show it. */
export type RunSummary = z.output<typeof runSummarySchema>;

/** The runs of a project, newest first. Asked again when a run that this window follows begins or ends, and by a new engine. */
export function useProjectRuns(projectId: string) {
  const generation = useConnection((connection) => connection.generation);
  const query = useQuery({ queryKey: ['runs', 'of', projectId, generation], queryFn: () => engine.runs.list({ projectId, limit: 50 }), placeholderData: (before) => before });
  const { refetch } = query;
  useEffect(() => subscribeRuns((runs, before) => {
    const states = (list: typeof runs): string => list.map(({ model }) => `${model.runId} ${model.state}`).join();
    if (states(runs) !== states(before)) void refetch();
  }), [refetch]);
  return query;
}
