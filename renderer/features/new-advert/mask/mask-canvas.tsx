import { useEffect } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import type { MaskPainter } from './mask-painter.ts';

interface MaskCanvasProps {
  readonly ref: RefObject<HTMLCanvasElement | null>;
  readonly painter: MaskPainter | undefined;
  readonly label: string;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-0.5, 0], ArrowRight: [0.5, 0], ArrowUp: [0, -0.5], ArrowDown: [0, 0.5] };

/** Left button paints, the others and Alt move the picture, the wheel zooms; arrows move the brush and Space prints it. */
export function MaskCanvas({ ref, painter, label }: MaskCanvasProps) {
  useEffect(() => {
    const canvas = ref.current;
    const room = canvas?.parentElement;
    if (!canvas || !room || !painter) return;
    const fit = new ResizeObserver(() => painter.resize(room.clientWidth, room.clientHeight));
    fit.observe(room);
    const zoom = (event: WheelEvent): void => {
      event.preventDefault(); // the page must not scroll or zoom with it
      painter.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), event.offsetX, event.offsetY);
    };
    canvas.addEventListener('wheel', zoom, { passive: false });
    return () => {
      fit.disconnect();
      canvas.removeEventListener('wheel', zoom);
    };
  }, [painter, ref]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const arrow = ARROWS[event.key];
    if (event.ctrlKey || event.metaKey || (!arrow && event.key !== ' ')) return;
    event.preventDefault();
    if (arrow) painter?.nudge(...arrow);
    else painter?.dab();
  };
  return (
    <canvas
      ref={ref} role="img" tabIndex={0} aria-label={label} data-takes-arrows className="absolute inset-0 size-full cursor-none touch-none focus-visible:outline-offset-[-3px]" onKeyDown={onKeyDown}
      onContextMenu={(event) => event.preventDefault()}
      onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); painter?.pointerDown(event.nativeEvent.offsetX, event.nativeEvent.offsetY, event.button !== 0 || event.altKey); }}
      onPointerMove={({ nativeEvent }) => { for (const { offsetX, offsetY } of coalesced(nativeEvent)) painter?.pointerMove(offsetX, offsetY); }}
      onPointerUp={() => painter?.pointerUp()} onPointerCancel={() => painter?.pointerUp()} onPointerLeave={() => painter?.pointerLeave()}
    />
  );
}

/** All positions since the last frame, so that fast strokes stay round. */
function coalesced(event: PointerEvent): PointerEvent[] {
  const all = event.getCoalescedEvents();
  return all.length > 0 ? all : [event];
}
