/** The list of projects, a page at a time: only pages that are looked at are fetched. */
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import type { Query } from '@tanstack/react-query';
import { engine } from '../../api/connection.ts';
import type { EngineClient } from '../../api/connection.ts';
import type { HomeFilters } from './home-store.ts';

export type Page = Awaited<ReturnType<EngineClient['projects']['list']>>;
export type Card = Page['items'][number];

/** Cards of a page. */
export const PAGE_SIZE = 60;
/** What happens elsewhere (another window, the command line) shows after so long; a run's end sooner. */
const CALM_MS = 15_000;
const BUSY_MS = 2000;

/** The whole list as far as it is known. */
export interface ProjectPages {
  readonly total: number;
  /** undefined: not loaded yet. */
  cardAt(index: number): Card | undefined;
  readonly isLoading: boolean;
  /** Shown are the results of what was asked before. */
  readonly isStale: boolean;
  readonly error: unknown;
  retry(): void;
}

/** @param pages those that can be seen, the first one excepted */
export function useProjectPages(filters: HomeFilters, pages: readonly number[]): ProjectPages {
  const first = useQuery({ ...pageQuery(filters, 0), placeholderData: keepPreviousData });
  const others = useQueries({ queries: pages.filter((page) => page > 0).map((page) => ({ ...pageQuery(filters, page), enabled: !first.isPlaceholderData })) });
  const known = new Map<number, Page | undefined>([[0, first.data], ...pages.filter((page) => page > 0).map((page, index): [number, Page | undefined] => [page, others[index]?.data])]);
  return {
    total: first.data?.total ?? 0,
    cardAt: (index) => known.get(Math.floor(index / PAGE_SIZE))?.items[index % PAGE_SIZE],
    isLoading: first.isPending,
    isStale: first.isPlaceholderData,
    error: first.error,
    retry: () => void first.refetch(),
  };
}

function pageQuery(filters: HomeFilters, page: number) {
  return {
    queryKey: ['projects', 'list', filters, page] as const,
    queryFn: ({ signal }: { signal: AbortSignal }): Promise<Page> => engine.projects.list({ ...listInput(filters), limit: PAGE_SIZE, offset: page * PAGE_SIZE }, { signal }),
    refetchInterval: ({ state }: Query<Page>): number => (state.data?.items.some(isBusy) ? BUSY_MS : CALM_MS),
  };
}

/** Ids of a stretch of the list, loaded or not. */
export async function fetchIds(filters: HomeFilters, from: number, to: number): Promise<string[]> {
  const ids: string[] = [];
  while (from + ids.length <= to) {
    const { items } = await engine.projects.list({ ...listInput(filters), offset: from + ids.length, limit: Math.min(1000, to - from - ids.length + 1) });
    if (items.length === 0) break;
    ids.push(...items.map(({ id }) => id));
  }
  return ids;
}

export function isBusy({ runState }: Pick<Card, 'runState'>): boolean {
  return runState === 'running' || runState === 'queued';
}

function listInput({ query, show, tag, ratio, sort }: HomeFilters) {
  return { query, show, sort, ...(tag === null ? {} : { tag }), ...(ratio === null ? {} : { ratio }) };
}
