/** The frame round something on the canvas: it takes the focus, the arrow keys, and, when selected, shows handles. */
import type { KeyboardEvent, PointerEvent } from 'react';
import { useStrings } from '../../../strings/index.ts';
import { cx } from '../../../ui/cx.ts';
import type { CanvasItem } from './canvas-items.ts';
import { Rotating, Scaling, Widening } from './gestures.ts';
import type { Corner } from './gestures.ts';
import type { StartDrag } from './use-canvas-drag.ts';

interface ItemBoxProps {
  readonly item: CanvasItem;
  readonly label: string;
  readonly zoom: number;
  readonly canvasWidth: number;
  readonly isSelected: boolean;
  readonly isHovered: boolean;
  readonly isLocked: boolean;
  readonly helpId: string;
  onFocus(): void;
  onKeyDown(event: KeyboardEvent<HTMLElement>): void;
  readonly start: StartDrag;
}

const CORNERS: readonly (Corner & { readonly className: string; readonly cursor: string })[] = [
  { x: -1, y: -1, className: '-top-1 -left-1', cursor: 'nwse-resize' }, { x: 1, y: -1, className: '-top-1 -right-1', cursor: 'nesw-resize' },
  { x: -1, y: 1, className: '-bottom-1 -left-1', cursor: 'nesw-resize' }, { x: 1, y: 1, className: '-bottom-1 -right-1', cursor: 'nwse-resize' },
];
const HANDLE = 'pointer-events-auto absolute size-2.5 rounded-[2px] border border-accent bg-white shadow-[0_0_0_1px_rgb(0_0_0/0.35)]';

/** Box and handles of one item. */
export function ItemBox({ item, label, zoom, canvasWidth, isSelected, isHovered, isLocked, helpId, onFocus, onKeyDown, start }: ItemBoxProps) {
  const { preview } = useStrings();
  const { x, y, width, height, rotationDeg } = item.box;
  const hasHandles = isSelected && !isLocked;
  const begin = (make: Parameters<StartDrag>[2]) => (event: PointerEvent<HTMLElement>) => start(event, item, make);
  return (
    <div
      role="button" tabIndex={0} aria-label={isLocked ? `${label} (${preview.lockedScene})` : label} aria-pressed={isSelected} aria-describedby={helpId} data-takes-arrows
      onFocus={onFocus} onKeyDown={onKeyDown}
      className={cx('pointer-events-none absolute top-0 left-0 outline-none', isSelected ? 'ring-[1.5px] ring-accent' : isHovered ? 'ring-1 ring-white/80' : 'focus-visible:ring-2 focus-visible:ring-focus')}
      style={{ width: width * zoom, height: height * zoom, transform: `translate(${x * zoom}px, ${y * zoom}px) rotate(${rotationDeg}deg)` }}
    >
      {hasHandles && CORNERS.map((corner) => (
        <span key={corner.className} title={preview.scale} className={cx(HANDLE, corner.className)} style={{ cursor: corner.cursor }} onPointerDown={begin(() => new Scaling(item.box, corner))} />
      ))}
      {hasHandles && item.target.kind === 'product' && (
        <>
          <span className="absolute bottom-full left-1/2 h-5 w-px -translate-x-1/2 bg-accent" />
          <span title={preview.rotate} className={cx(HANDLE, '-top-6 left-1/2 -translate-x-1/2 rounded-full')} style={{ cursor: 'grab' }} onPointerDown={begin((from) => new Rotating(item.box, from))} />
        </>
      )}
      {hasHandles && item.target.kind === 'caption' && ([-1, 1] as const).map((side) => (
        <span key={side} title={preview.widen} className={cx(HANDLE, 'top-1/2 h-4 w-1.5 -translate-y-1/2', side < 0 ? '-left-[3px]' : '-right-[3px]')} style={{ cursor: 'ew-resize' }} onPointerDown={begin((_from, field) => new Widening(item.box, side, field, canvasWidth))} />
      ))}
    </div>
  );
}
