/**
 * A drag on the canvas, from pointer down to up. While it lasts the document is a draft that only the preview shows; letting go makes one
 * edit of it, Escape or a lost pointer makes none.
 */
import { useEffect, useRef, useState } from 'react';
import type { PointerEvent } from 'react';
import type { Film } from '#core/composition/film.ts';
import { canvasSize } from '#core/project/ratio.ts';
import type { AdProject } from '#core/project/schema.ts';
import { EditRefusal } from '../../../editor/edit-refusal.ts';
import { editProject, projectNow } from '../../project/project-store.ts';
import { playbackNow } from '../playback.ts';
import { setDraft } from '../preview-session.ts';
import { useStageSettings } from '../stage-settings.ts';
import { boundsOf } from './box.ts';
import type { Box, Point } from './box.ts';
import { applyBox } from './canvas-edits.ts';
import { isSameTarget } from './canvas-items.ts';
import type { CanvasItem } from './canvas-items.ts';
import type { Gesture, HeldKeys, SnapField } from './gestures.ts';
import { snapLines } from './snapping.ts';
import type { Guide } from './snapping.ts';
import { chosenZone } from './zone-choice.ts';

/** Screen pixels before a press counts as a drag, and from which something snaps. */
const THRESHOLD_PX = 3;
const SNAP_PX = 7;

interface Drag {
  readonly item: CanvasItem;
  readonly gesture: Gesture;
  readonly before: AdProject;
  readonly pointerId: number;
  readonly pressed: Point;
  hasMoved: boolean;
  box: Box;
}

/** Starts a gesture of an item; `make` gets where the pointer is and what snaps. */
export type StartDrag = (event: PointerEvent<HTMLElement>, item: CanvasItem, make: (from: Point, field: SnapField) => Gesture) => void;

/**
 * Handlers for the element that covers a canvas.
 * @param items what else is there, to snap to
 */
export function useCanvasDrag(film: Film, zoom: number, items: readonly CanvasItem[]) {
  const [guides, setGuides] = useState<readonly Guide[]>([]);
  const [isDragging, setDragging] = useState(false);
  const drag = useRef<Drag>(undefined);
  const surface = useRef<HTMLDivElement>(null);

  const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const { left = 0, top = 0 } = surface.current?.getBoundingClientRect() ?? {};
    return { x: (clientX - left) / zoom, y: (clientY - top) / zoom };
  };

  const documentOf = ({ item, before, box }: Drag): AdProject => applyBox(before, item.target, item.box, box, { ratio: film.ratio, frame: playbackNow().frame, facts: film.facts });

  const end = (isKept: boolean): void => {
    const own = drag.current;
    drag.current = undefined;
    setGuides([]);
    setDragging(false);
    setDraft(null);
    if (own?.hasMoved && isKept) editProject(own.item.target.kind === 'product' ? 'moveProduct' : 'placeCaption', () => documentOf(own));
  };

  const start: StartDrag = (event, item, make) => {
    const before = projectNow();
    if (!before || event.button !== 0) return;
    event.stopPropagation();
    surface.current?.setPointerCapture(event.pointerId);
    const from = pointOf(event);
    drag.current = { item, gesture: make(from, fieldOf(film, zoom, item, items)), before, pointerId: event.pointerId, pressed: { x: event.clientX, y: event.clientY }, hasMoved: false, box: item.box };
  };

  const move = (event: PointerEvent<HTMLElement>): void => {
    const own = drag.current;
    if (!own || own.pointerId !== event.pointerId) return;
    if (!own.hasMoved && Math.hypot(event.clientX - own.pressed.x, event.clientY - own.pressed.y) < THRESHOLD_PX) return;
    own.hasMoved = true;
    setDragging(true);
    const step = own.gesture.drag(pointOf(event), keysOf(event));
    own.box = step.box;
    try {
      setDraft(documentOf(own));
      setGuides(step.guides);
    } catch (error) {
      if (!(error instanceof EditRefusal)) throw error;
      end(true); // asks for the edit, which tells the user why it is refused
    }
  };

  useEffect(() => {
    if (!isDragging) return;
    const cancel = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      end(false);
    };
    window.addEventListener('keydown', cancel, { capture: true });
    return () => window.removeEventListener('keydown', cancel, { capture: true });
  });

  useEffect(() => () => {
    if (drag.current) setDraft(null);
  }, []);

  return { surface, guides, isDragging, start, pointOf, handlers: { onPointerMove: move, onPointerUp: () => end(true), onPointerCancel: () => end(false), onLostPointerCapture: () => drag.current && end(true) } };
}

function keysOf({ shiftKey, altKey, ctrlKey, metaKey }: PointerEvent<HTMLElement>): HeldKeys {
  return { isStrict: shiftKey, isCentred: altKey, isFree: ctrlKey || metaKey || !useStageSettings.getState().isSnapping };
}

function fieldOf(film: Film, zoom: number, item: CanvasItem, items: readonly CanvasItem[]): SnapField {
  const others = items.filter((other) => !isSameTarget(other.target, item.target)).map((other) => boundsOf(other.box));
  const zone = chosenZone(useStageSettings.getState().zone === 'off' ? 'usual' : useStageSettings.getState().zone, film.ratio);
  return { lines: snapLines(canvasSize(film.ratio), zone, others), tolerance: SNAP_PX / zoom };
}
