/** The same story of several steps is told once: a server that was away for nine backdrops is one note. Pure. */
import type { z } from 'zod';
import type { runDocumentSchema } from '#core/contract/runs.ts';

/** Another link of a chain stood in at one step. */
export type FallbackNote = NonNullable<z.output<typeof runDocumentSchema>['fallbacks']>[number];

/** What happened alike. */
export interface FallbackGroup extends Pick<FallbackNote, 'kind' | 'from' | 'to' | 'name' | 'reason'> {
  readonly key: string;
  readonly times: number;
}

/** In the order of first appearance. Where errors have names, their sentences may differ. */
export function groupFallbacks(fallbacks: readonly FallbackNote[]): FallbackGroup[] {
  const groups = Map.groupBy(fallbacks, ({ kind, from, to, name, reason }) => [kind, from, to, name ?? reason].join('\n'));
  return [...groups].flatMap(([key, members]) => (members[0] ? [{ ...members[0], key, times: members.length }] : []));
}
