import { useQuery } from '@tanstack/react-query';
import { pendingChanges } from '#core/project/rendered-parts.ts';
import type { PendingChanges } from '#core/project/rendered-parts.ts';
import { engine } from '../../api/connection.ts';
import { useProjectSelector } from '../project/project-store.ts';
import { useIsRenderOf } from './render-project.ts';
import { useRun } from '../run/run-store.ts';
import type { FollowedRun } from '../run/run-store.ts';
import { useProjectRuns } from '../run/use-project-runs.ts';

/** What a render would do now, and the one that is under way. */
export interface Pending {
  /** Undefined until it is known what was rendered last. */
  readonly changes: PendingChanges | undefined;
  readonly isFirst: boolean;
  readonly active: FollowedRun | undefined;
  readonly activeId: string | null;
  /** What is under way renders the document as it is now. */
  readonly isActiveCurrent: boolean;
  /** The newest run that has finished. */
  readonly lastId: string | null;
}

/** Compares the open document with what its newest finished run rendered. */
export function usePending(projectId: string): Pending {
  const document = useProjectSelector((whole) => whole);
  const { data: runs } = useProjectRuns(projectId);
  const last = runs?.find(({ state }) => state === 'succeeded')?.id;
  const { data: run } = useQuery({ queryKey: ['runs', last, 'document', 'succeeded', 'rendered'], queryFn: () => engine.runs.show({ runId: last ?? '' }), enabled: last !== undefined, staleTime: Infinity });
  const open = runs?.find(({ endedMs, isInterrupted }) => endedMs === null && !isInterrupted)?.id ?? null;
  const active = useRun(open);
  const isActiveCurrent = useIsRenderOf(open, document);
  const isKnown = runs !== undefined && (last === undefined || run !== undefined);
  return { changes: isKnown ? pendingChanges(run?.rendered, document) : undefined, isFirst: runs !== undefined && last === undefined, active, activeId: open, isActiveCurrent, lastId: last ?? null };
}
