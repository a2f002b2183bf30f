/** What Home shows and what is marked; kept while other screens are shown, so that coming back is coming back. */
import { create } from 'zustand';
import type { Ratio } from '#core/project/ratio.ts';
import { NOTHING_SELECTED } from './selection.ts';
import type { Selection } from './selection.ts';

/** What the list is asked for. */
export interface HomeFilters {
  readonly query: string;
  readonly show: 'active' | 'archived' | 'deleted';
  readonly tag: string | null;
  readonly ratio: Ratio | null;
  readonly sort: 'updated' | 'created' | 'name';
}

interface HomeState {
  readonly filters: HomeFilters;
  readonly selection: Selection;
  /** The project whose name is being written. */
  readonly renaming: string | null;
  /** The project whose tags are being changed. */
  readonly tagging: string | null;
}

/** How far the list is scrolled. No state: it changes with every frame, and nothing is drawn from it. */
export const scrollMemory = { top: 0 };

const NO_FILTERS = { query: '', tag: null, ratio: null } as const;

export const useHome = create<HomeState>(() => ({ filters: { ...NO_FILTERS, show: 'active', sort: 'updated' }, selection: NOTHING_SELECTED, renaming: null, tagging: null }));

/** Another list: what was marked in the old one is not any more. */
export function setFilters(change: Partial<HomeFilters>): void {
  scrollMemory.top = 0;
  useHome.setState(({ filters }) => ({ filters: { ...filters, ...change }, selection: NOTHING_SELECTED, renaming: null }));
}

export function clearFilters(): void {
  setFilters(NO_FILTERS);
}

export function hasFilters({ query, tag, ratio }: HomeFilters): boolean {
  return query.trim() !== '' || tag !== null || ratio !== null;
}

export function setSelection(change: (selection: Selection) => Selection): void {
  useHome.setState(({ selection }) => ({ selection: change(selection) }));
}

export function clearSelection(): void {
  setSelection((selection) => ({ ...selection, ids: new Set() }));
}
