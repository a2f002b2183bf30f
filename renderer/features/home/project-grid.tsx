/**
 * Posters in rows, of which only those near the window exist. The grid has one place in the tab order; arrows move inside it. A menu belongs
 * to the whole grid and is about the card it was opened on: ten thousand cards need no ten thousand menus.
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent } from 'react';
import { useStrings } from '../../strings/index.ts';
import { cx } from '../../ui/cx.ts';
import { ContextMenu } from '../../ui/menu.tsx';
import { useCardMenu } from './card-menu.tsx';
import { scrollMemory, setSelection, useHome } from './home-store.ts';
import { CARD_WORDS_PX, ProjectCard } from './project-card.tsx';
import { moveBy, rangeTo, selectRange, toggle } from './selection.ts';
import { fetchIds } from './use-project-pages.ts';
import type { HomeActions } from './use-home-actions.ts';
import type { Card, ProjectPages } from './use-project-pages.ts';
import { toast } from '../../ui/toast.ts';

const GAP = 16;
const EDGE = 20;
const MIN_CARD = 184;
const MAX_CARD = 250;
/** Height of the picture to its width: most adverts are upright. */
const PICTURE_RATIO = 1.2;

interface ProjectGridProps {
  readonly pages: ProjectPages;
  readonly actions: HomeActions;
  /** Which cards stand near the window. */
  onVisible(from: number, to: number): void;
}

export function ProjectGrid({ pages, actions, onVisible }: ProjectGridProps) {
  const { home } = useStrings();
  const scroller = useRef<HTMLDivElement>(null);
  const { filters, selection, renaming } = useHome();
  const [width, setWidth] = useState(0);
  const [menuCard, setMenuCard] = useState<Card | undefined>();
  const mustFocus = useRef(false);
  const entries = useCardMenu(menuCard, actions);
  const { total } = pages;
  const columns = Math.max(1, Math.floor((width - 2 * EDGE + GAP) / (MIN_CARD + GAP)));
  const cardWidth = Math.min(MAX_CARD, Math.floor((width - 2 * EDGE - (columns - 1) * GAP) / columns));
  const rowHeight = Math.round(cardWidth * PICTURE_RATIO) + CARD_WORDS_PX + GAP;
  const rows = useVirtualizer({ count: Math.ceil(total / columns), getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 3, paddingStart: 4, paddingEnd: EDGE, scrollPaddingStart: 8, scrollPaddingEnd: EDGE, initialOffset: () => scrollMemory.top });
  const shown = rows.getVirtualItems();
  const [firstRow, lastRow] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0];
  const active = Math.min(selection.active, Math.max(0, total - 1));

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    setWidth(element.clientWidth);
    return () => observer.disconnect();
  }, []);
  useEffect(() => rows.measure(), [rows, rowHeight]);
  useEffect(() => onVisible(firstRow * columns, (lastRow + 1) * columns - 1), [onVisible, firstRow, lastRow, columns]);
  useEffect(() => { scroller.current?.scrollTo({ top: scrollMemory.top }); }, [filters]);
  useEffect(() => {
    if (!mustFocus.current) return;
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-index="${active}"]`);
    if (!cell) return; // its row comes with the next frame
    mustFocus.current = false;
    cell.focus({ preventScroll: true });
  });

  /** The place moves at once; ids that are not loaded follow, unless the range has become another one meanwhile. */
  const select = (index: number): void => {
    const { from, to } = rangeTo(useHome.getState().selection, index);
    const loaded = Array.from({ length: to - from + 1 }, (_, offset) => pages.cardAt(from + offset)?.id ?? []).flat();
    setSelection((before) => (loaded.length === to - from + 1 ? selectRange(before, loaded, index) : { ...before, active: index }));
    if (loaded.length === to - from + 1) return;
    fetchIds(filters, from, to).then((ids) => setSelection((before) => (before.active === index ? selectRange(before, ids, index) : before)), toast.error);
  };
  const move = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
    const rowsPerPage = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight));
    const next = moveBy(event.key, active, { columns, rowsPerPage, total });
    if (next === undefined) return;
    event.preventDefault();
    mustFocus.current = true;
    rows.scrollToIndex(Math.floor(next / columns));
    if (event.shiftKey) select(next);
    else setSelection((before) => ({ ...before, active: next, anchor: next }));
  };
  const click = (event: MouseEvent, card: Card, index: number): void => {
    if (event.shiftKey) return select(index);
    // What is in the bin cannot be opened; it is marked, to be restored.
    if (event.ctrlKey || event.metaKey || card.isDeleted) return setSelection((before) => toggle(before, card.id, index));
    setSelection((before) => ({ ...before, active: index, anchor: index }));
    actions.open(card);
  };
  // The same function at every scroll, or every card would be drawn again.
  const latest = useRef(actions);
  latest.current = actions;
  const onRename = useCallback((card: Card, name: string): void => {
    mustFocus.current = true;
    latest.current.rename(card, name);
  }, []);
  const cell = (index: number) => {
    const card = pages.cardAt(index);
    const isActive = index === active;
    const common = { 'data-index': index, role: 'gridcell', 'aria-colindex': (index % columns) + 1, tabIndex: isActive ? 0 : -1, style: { width: cardWidth, height: rowHeight - GAP } } as const;
    if (!card) return <div key={index} {...common} aria-busy className="flex flex-col"><div className="flex-1 animate-pulse rounded-lg bg-raised" /><div style={{ height: CARD_WORDS_PX }} className="pt-2.5"><div className="h-3 w-2/3 animate-pulse rounded bg-raised" /></div></div>;
    const isSelected = selection.ids.has(card.id);
    return (
      <div
        key={index} {...common} aria-selected={isSelected} className="group relative flex flex-col rounded-lg select-none"
        onClick={(event) => click(event, card, index)} onFocus={() => index !== active && setSelection((before) => ({ ...before, active: index }))}
        onContextMenuCapture={() => { setMenuCard(card); setSelection((before) => ({ ...before, active: index })); }}
      >
        <ProjectCard card={card} isSelected={isSelected} isActive={isActive} isRenaming={renaming === card.id} index={index} onRename={onRename} />
      </div>
    );
  };

  return (
    <ContextMenu entries={entries}>
      <div ref={scroller} onScroll={(event) => { scrollMemory.top = event.currentTarget.scrollTop; }} onContextMenu={(event) => { if (!(event.target as HTMLElement).closest('[role=gridcell]')) event.preventDefault(); }} className={cx('min-h-0 flex-1 overflow-auto', pages.isStale && 'opacity-70')}>
        <div role="grid" aria-label={home.grid} aria-rowcount={Math.ceil(total / columns)} aria-colcount={columns} aria-multiselectable data-takes-arrows onKeyDown={move} className="relative" style={{ height: rows.getTotalSize() }}>
          {width > 0 && shown.map((row) => (
            <div key={row.index} role="row" aria-rowindex={row.index + 1} className="absolute left-0 flex" style={{ transform: `translateY(${row.start}px)`, paddingLeft: EDGE, gap: GAP }}>
              {Array.from({ length: Math.min(columns, total - row.index * columns) }, (_, column) => cell(row.index * columns + column))}
            </div>
          ))}
        </div>
      </div>
    </ContextMenu>
  );
}
