import { useQuery } from '@tanstack/react-query';
import { Plus, Search, X } from 'lucide-react';
import type { Ref } from 'react';
import { useLocation } from 'wouter';
import { RATIOS } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { engine } from '../../api/connection.ts';
import { to } from '../../app/routes.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { Segments } from '../../ui/controls.tsx';
import { Select } from '../../ui/select.tsx';
import { clearFilters, hasFilters, setFilters, useHome } from './home-store.ts';

/** A value that no tag and no ratio has. */
const ANY = '*';

/** What is shown, and where a new advert begins. */
export function HomeToolbar({ total, searchRef, onLeaveSearch }: { readonly total: number; readonly searchRef: Ref<HTMLInputElement>; onLeaveSearch(): void }) {
  const { home } = useStrings();
  const [, go] = useLocation();
  return (
    <header className="flex flex-col gap-3 px-5 pt-4 pb-3">
      <div className="flex items-center gap-4">
        <h1 className="text-lg font-semibold">{home.title}</h1>
        <p role="status" className="text-muted tabular-nums">{home.count(total)}</p>
        <div className="flex-1" />
        <SearchField inputRef={searchRef} onLeave={onLeaveSearch} />
        <Button kind="primary" icon={<Plus aria-hidden className="size-4" />} onClick={() => go(to.newAdvert())}>{home.newAdvert}</Button>
      </div>
      <Filters />
    </header>
  );
}

function SearchField({ inputRef, onLeave }: { readonly inputRef: Ref<HTMLInputElement>; onLeave(): void }) {
  const { home } = useStrings();
  const query = useHome(({ filters }) => filters.query);
  return (
    <div className="relative w-72">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" />
      <input
        ref={inputRef} type="text" role="searchbox" aria-label={home.search} placeholder={home.searchHint} value={query} maxLength={200} spellCheck={false}
        onChange={(event) => setFilters({ query: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'Enter') { event.preventDefault(); onLeave(); }
          if (event.key === 'Escape') { setFilters({ query: '' }); onLeave(); }
        }}
        className="h-8 w-full rounded-md border border-line bg-field pr-8 pl-8 placeholder:text-muted hover:border-line-strong"
      />
      {query !== '' && <button type="button" aria-label={home.clearSearch} onClick={() => setFilters({ query: '' })} className="absolute top-1 right-1 flex size-6 items-center justify-center rounded text-muted hover:bg-raised hover:text-text"><X aria-hidden className="size-3.5" /></button>}
    </div>
  );
}

function Filters() {
  const { home } = useStrings();
  const filters = useHome((state) => state.filters);
  const { data: tags = [] } = useQuery({ queryKey: ['projects', 'tags'], queryFn: () => engine.projects.tags() });
  const isTagGone = filters.tag !== null && !tags.some(({ tag }) => tag === filters.tag);
  return (
    <div className="flex items-center gap-2">
      <Segments label={home.show} value={filters.show} options={(['active', 'archived', 'deleted'] as const).map((value) => ({ value, label: home.shown[value] }))} onChange={(show) => setFilters({ show })} />
      <div className="flex-1" />
      {hasFilters(filters) && <Button kind="quiet" size="small" onClick={clearFilters}>{home.clearFilters}</Button>}
      {(tags.length > 0 || isTagGone) && <Select label={home.tag} isLabelHidden className="w-40" value={filters.tag ?? ANY} options={[{ value: ANY, label: home.anyTag }, ...(isTagGone ? [{ value: filters.tag ?? '', label: filters.tag ?? '' }] : []), ...tags.map(({ tag, count }) => ({ value: tag, label: `${tag} (${count})` }))]} onChange={(tag) => setFilters({ tag: tag === ANY ? null : tag })} />}
      <Select label={home.ratio} isLabelHidden className="w-36" value={filters.ratio ?? ANY} options={[{ value: ANY, label: home.anyRatio }, ...RATIOS.map((ratio) => ({ value: ratio, label: ratio }))]} onChange={(ratio) => setFilters({ ratio: ratio === ANY ? null : (ratio as Ratio) })} />
      <Select label={home.sort} isLabelHidden className="w-40" value={filters.sort} options={(['updated', 'created', 'name'] as const).map((value) => ({ value, label: home.sorted[value] }))} onChange={(sort) => setFilters({ sort })} />
    </div>
  );
}
