import type { RunRendition } from '#core/contract/runs.ts';

type Fidelity = NonNullable<RunRendition['fidelity']>;

const RANK = { unfaithful: 2, unmeasured: 0, faithful: 1 } as const;

/** What may be said of all films together: the least true of them. Undefined when none was measured at all. */
export function worstFidelity(films: readonly Pick<RunRendition, 'fidelity'>[]): Fidelity | undefined {
  return films.flatMap(({ fidelity }) => fidelity ?? []).sort((a, b) => RANK[b.verdict] - RANK[a.verdict] || b.deltaE2000 - a.deltaE2000)[0];
}
