/** What lies over a canvas: guides, and the boxes of everything that can be taken hold of. While the film plays, only the guides. */
import { useEffect, useId, useMemo, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import type { Film } from '#core/composition/film.ts';
import { canvasSize } from '#core/project/ratio.ts';
import { useStrings } from '../../../strings/index.ts';
import type { Strings } from '../../../strings/index.ts';
import { useIsDraftViewed } from '../draft-view.ts';
import { usePlaybackSelector } from '../playback.ts';
import { setStage } from '../stage-settings.ts';
import { CanvasGuides } from './canvas-guides.tsx';
import { hitItem, isSameTarget, itemsAt, targetKey } from './canvas-items.ts';
import type { CanvasItem, CanvasTarget } from './canvas-items.ts';
import { selectOnCanvas, useCanvasSelection, writeOnCanvas } from './canvas-selection.ts';
import { Moving } from './gestures.ts';
import { ItemBox } from './item-box.tsx';
import { nudge } from './nudge.ts';
import { useCanvasDrag } from './use-canvas-drag.ts';

/** Screen pixels round a box that still hit it. */
const SLACK_PX = 4;

/** Covers its parent, which is as large as the canvas. */
export function CanvasOverlay({ film, zoom }: { readonly film: Film; readonly zoom: number }) {
  const { preview } = useStrings();
  const helpId = useId();
  const isElsewhere = useIsDraftViewed();
  const frame = usePlaybackSelector((playback) => (playback.isPlaying || isElsewhere ? -1 : playback.frame));
  const items = useMemo(() => (frame < 0 ? [] : itemsAt(film, frame)), [film, frame]);
  const selected = useCanvasSelection();
  const [hovered, setHovered] = useState<CanvasTarget | null>(null);
  const { surface, guides, isDragging, start, pointOf, handlers } = useCanvasDrag(film, zoom, items);
  const isLocked = (target: CanvasTarget): boolean => film.scenes.find(({ id }) => id === target.sceneId)?.isLocked === true;
  const itemUnder = (event: PointerEvent<HTMLElement>): CanvasItem | undefined => hitItem(items, pointOf(event), selected, SLACK_PX / zoom);

  useEffect(() => {
    if (items.length === 0) setHovered(null);
  }, [items]);

  const press = (event: PointerEvent<HTMLElement>): void => {
    setStage({ ratio: film.ratio });
    const item = itemUnder(event);
    selectOnCanvas(item?.target ?? null);
    if (!item) return;
    event.preventDefault();
    boxElement(surface.current, item.target)?.focus({ preventScroll: true });
    if (!isLocked(item.target)) start(event, item, (from, field) => new Moving(item.box, from, field));
  };

  const press2 = (target: CanvasTarget): void => {
    if (target.kind === 'caption' && !isLocked(target)) writeOnCanvas(target);
  };

  const key = (event: KeyboardEvent<HTMLElement>, item: CanvasItem): void => {
    if (event.key === 'Escape' && !isDragging) {
      event.preventDefault();
      selectOnCanvas(null);
      event.currentTarget.blur();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      press2(item.target);
    } else if (nudge(event, item, film)) event.preventDefault();
  };

  return (
    <div
      ref={surface} className="absolute inset-0 touch-none select-none" style={{ cursor: hovered ? 'move' : 'default' }}
      onPointerDown={press} onDoubleClick={() => selected && press2(selected)} onPointerLeave={() => setHovered(null)} {...handlers}
      onPointerMove={(event) => {
        handlers.onPointerMove(event);
        const under = itemUnder(event)?.target ?? null;
        if (!isSameTarget(under, hovered)) setHovered(under);
      }}
    >
      <CanvasGuides ratio={film.ratio} zoom={zoom} guides={guides} />
      <p id={helpId} className="sr-only">{preview.boxHelp}</p>
      {items.map((item) => (
        <div key={targetKey(item.target)} data-target={targetKey(item.target)} className="contents">
          <ItemBox
            item={item} label={labelOf(item.target, film, preview)} zoom={zoom} canvasWidth={canvasSize(film.ratio).width} isSelected={isSameTarget(item.target, selected)} isHovered={isSameTarget(item.target, hovered)}
            isLocked={isLocked(item.target)} helpId={helpId} onFocus={() => selectOnCanvas(item.target)} onKeyDown={(event) => key(event, item)} start={start}
          />
        </div>
      ))}
    </div>
  );
}

function boxElement(surface: HTMLElement | null, target: CanvasTarget): HTMLElement | null {
  return surface?.querySelector<HTMLElement>(`[data-target="${targetKey(target)}"] > *`) ?? null;
}

/** What a target is called. */
export function labelOf(target: CanvasTarget, film: Pick<Film, 'scenes' | 'products'>, preview: Strings['preview']): string {
  const scene = film.scenes.find(({ id }) => id === target.sceneId);
  if (target.kind === 'product') return film.products.find(({ id }) => id === scene?.placement?.productId)?.name || preview.product;
  const text = scene?.captions.find(({ id }) => id === target.captionId)?.text ?? '';
  return text ? preview.caption(text) : preview.emptyCaption;
}
