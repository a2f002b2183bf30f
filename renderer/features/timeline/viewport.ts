/** The timeline's scroller, for everything that scrolls, zooms or asks where it is. Its place is remembered, not measured, so asking costs nothing. */
import { frameToX, limitZoom, scrollTo, zoomAt, zoomToFit } from '../../editor/geometry.ts';
import type { Viewport } from '../../editor/geometry.ts';
import { projectNow } from '../project/project-store.ts';
import { HEADER_PX } from './metrics.ts';
import { setTimeline, timelineNow } from './timeline-store.ts';

let scroller: HTMLElement | undefined;
let topPx = 0;
let view: Viewport = { pxPerFrame: 3, scrollPx: 0, widthPx: 800 };
const listeners = new Set<() => void>();

/** The part of the film that can be seen. */
export function viewportNow(): Viewport {
  return { ...view, pxPerFrame: timelineNow().pxPerFrame };
}

/** How far the tracks are scrolled down, in pixels. */
export function scrollTopNow(): number {
  return topPx;
}

/** Calls back whenever the view scrolls, zooms or changes its size. */
export function subscribeViewport(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Takes the scroller over; answers how to let it go. */
export function attachScroller(element: HTMLElement): () => void {
  scroller = element;
  const measure = (): void => {
    view = { ...view, widthPx: Math.max(1, element.clientWidth - HEADER_PX) };
    if (timelineNow().isFitted) fit();
    tell();
  };
  const scrolled = (): void => {
    view = { ...view, scrollPx: element.scrollLeft };
    topPx = element.scrollTop;
    tell();
  };
  const observer = new ResizeObserver(measure);
  observer.observe(element);
  element.addEventListener('scroll', scrolled, { passive: true });
  measure();
  topPx = element.scrollTop;
  return () => {
    observer.disconnect();
    element.removeEventListener('scroll', scrolled);
    scroller = undefined;
  };
}

/** Zooms; what is under `x` (pixels from the tracks' left edge) stays there. */
export function zoom(pxPerFrame: number, x = playheadX()): void {
  const next = zoomAt(viewportNow(), pxPerFrame, x);
  setTimeline({ pxPerFrame: next.pxPerFrame, isFitted: false });
  place(next.scrollPx);
}

/** Shows the whole film, and goes on doing so while its length changes. */
export function fit(): void {
  const frames = projectNow()?.durationFrames ?? 1;
  setTimeline({ pxPerFrame: zoomToFit(frames, view.widthPx), isFitted: true });
  place(0);
}

/** Scrolls so that a frame can be seen. */
export function reveal(frame: number): void {
  place(scrollTo(viewportNow(), frame));
}

/** Scrolls by pixels, for drags that reach the edge. */
export function scrollBy(px: number): void {
  place(view.scrollPx + px);
}

/** Larger and smaller steps. */
export function zoomBy(factor: number): void {
  zoom(limitZoom(timelineNow().pxPerFrame * factor));
}

let playhead = (): number => 0;

/** Who knows where the playhead is: zooming by key keeps it in place. */
export function setPlayheadSource(source: () => number): void {
  playhead = source;
}

function playheadX(): number {
  const x = frameToX(viewportNow(), playhead());
  return x >= 0 && x <= view.widthPx ? x : view.widthPx / 2;
}

function place(scrollPx: number): void {
  if (!scroller) return;
  // The content has its new width only after the style was applied, which setting the property here does.
  scroller.style.setProperty('--px', `${timelineNow().pxPerFrame}px`);
  scroller.scrollLeft = scrollPx;
  view = { ...view, scrollPx: scroller.scrollLeft };
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}
