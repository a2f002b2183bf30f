/** The history of adverts: posters, search, and where a new one begins. */
import { useQuery } from '@tanstack/react-query';
import { Archive, SearchX, Trash2 } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import { engine } from '../../api/connection.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { DropZone } from './drop-zone.tsx';
import { FirstStart } from './first-start.tsx';
import { clearFilters, hasFilters, useHome } from './home-store.ts';
import { HomeToolbar } from './home-toolbar.tsx';
import { ProjectGrid } from './project-grid.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { TagsDialog } from './tags-dialog.tsx';
import { useHomeActions } from './use-home-actions.ts';
import { useHomeCommands } from './use-home-commands.ts';
import { PAGE_SIZE, useProjectPages } from './use-project-pages.ts';
import type { ProjectPages } from './use-project-pages.ts';

const FIRST_PAGE: readonly number[] = [0];

export default function HomeScreen() {
  const { filters, tagging } = useHome();
  const [visible, setVisible] = useState(FIRST_PAGE);
  const pages = useProjectPages(filters, visible);
  const actions = useHomeActions();
  const search = useRef<HTMLInputElement>(null);
  const onVisible = useCallback((from: number, to: number): void => {
    const wanted = Array.from({ length: Math.floor(to / PAGE_SIZE) - Math.floor(from / PAGE_SIZE) + 1 }, (_, index) => Math.floor(from / PAGE_SIZE) + index);
    setVisible((before) => (before.join() === wanted.join() ? before : wanted));
  }, []);
  useHomeCommands({ pages, actions, focusSearch: () => search.current?.select() });
  const tagged = tagging === null ? undefined : visible.flatMap((page) => Array.from({ length: PAGE_SIZE }, (_, index) => pages.cardAt(page * PAGE_SIZE + index) ?? []).flat()).find(({ id }) => id === tagging);
  const hasNoActive = !pages.isLoading && !pages.error && pages.total === 0 && filters.show === 'active' && !hasFilters(filters) && !pages.isStale;
  const isEmpty = useIsStudioEmpty(hasNoActive);
  if (hasNoActive && isEmpty === undefined) return <LoadingState />;
  return (
    <DropZone>
      {hasNoActive && isEmpty ? <FirstStart isAlone /> : (
        <>
          <HomeToolbar total={pages.total} searchRef={search} onLeaveSearch={focusGrid} />
          {hasNoActive ? <FirstStart isAlone={false} /> : <Content pages={pages} />}
          {pages.total > 0 && <ProjectGrid pages={pages} actions={actions} onVisible={onVisible} />}
          <SelectionBar actions={actions} />
        </>
      )}
      {tagged && <TagsDialog key={tagged.id} card={tagged} actions={actions} />}
    </DropZone>
  );
}

/** Nothing in the archive and the bin either; undefined: not known yet. */
function useIsStudioEmpty(isAsked: boolean): boolean | undefined {
  const { data } = useQuery({
    queryKey: ['projects', 'elsewhere'], enabled: isAsked,
    queryFn: async () => (await Promise.all((['archived', 'deleted'] as const).map((show) => engine.projects.list({ show, limit: 1 })))).every(({ total }) => total === 0),
  });
  return isAsked ? data : undefined;
}

function focusGrid(): void {
  document.querySelector<HTMLElement>('[role=gridcell][tabindex="0"]')?.focus();
}

/** What stands in place of the grid, or above it. */
function Content({ pages }: { readonly pages: ProjectPages }) {
  const { home } = useStrings();
  const filters = useHome((state) => state.filters);
  if (pages.error && pages.total === 0) return <ErrorState error={pages.error} onRetry={pages.retry} />;
  if (pages.isLoading) return <LoadingState />;
  if (pages.total > 0) return filters.show === 'deleted' ? <p className="px-5 pb-3 text-xs text-muted">{home.binNotice}</p> : null;
  if (hasFilters(filters)) return <EmptyState icon={<SearchX aria-hidden className="size-8" />} title={home.nothingFound} text={home.nothingFoundText} action={<Button onClick={clearFilters}>{home.clearFilters}</Button>} />;
  if (filters.show === 'archived') return <EmptyState icon={<Archive aria-hidden className="size-8" />} title={home.noArchive} text={home.noArchiveText} />;
  return filters.show === 'deleted' ? <EmptyState icon={<Trash2 aria-hidden className="size-8" />} title={home.noBin} text={home.noBinText} /> : null;
}
