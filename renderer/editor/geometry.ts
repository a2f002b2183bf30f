/** Frames and pixels of a timeline, without a screen: what is where, how far one can zoom, which ticks the ruler has. */

/** A stretch of the timeline as it is looked at. `scrollPx` is the left edge. */
export interface Viewport {
  readonly pxPerFrame: number;
  readonly scrollPx: number;
  readonly widthPx: number;
}

/** A frame must not get wider than this, nor a ten-minute film narrower than a window. */
export const MAX_PX_PER_FRAME = 40;
export const MIN_PX_PER_FRAME = 0.02;
/** Room after the last frame, so that the end can be taken hold of. */
export const END_ROOM_PX = 160;

/** X of a frame's start inside the viewport. */
export function frameToX(view: Viewport, frame: number): number {
  return frame * view.pxPerFrame - view.scrollPx;
}

/** The frame at an x inside the viewport, with its fraction. */
export function xToFrame(view: Viewport, x: number): number {
  return (x + view.scrollPx) / view.pxPerFrame;
}

/** The zoom at which a film just fits. */
export function zoomToFit(durationFrames: number, widthPx: number): number {
  return limitZoom(Math.max(1, widthPx - 48) / Math.max(1, durationFrames));
}

/** Zooms so that what is at `x` stays at `x`. */
export function zoomAt(view: Viewport, pxPerFrame: number, x: number): Viewport {
  const next = limitZoom(pxPerFrame);
  const frame = xToFrame(view, x);
  return { ...view, pxPerFrame: next, scrollPx: Math.max(0, frame * next - x) };
}

/** A zoom within its limits. */
export function limitZoom(pxPerFrame: number): number {
  return Math.min(MAX_PX_PER_FRAME, Math.max(MIN_PX_PER_FRAME, pxPerFrame));
}

/** A zoom as a place on a slider, 0..1: every step looks as large as the last. */
export function zoomToSlider(pxPerFrame: number): number {
  return Math.log(pxPerFrame / MIN_PX_PER_FRAME) / Math.log(MAX_PX_PER_FRAME / MIN_PX_PER_FRAME);
}

/** The reverse of `zoomToSlider`. */
export function sliderToZoom(value: number): number {
  return limitZoom(MIN_PX_PER_FRAME * (MAX_PX_PER_FRAME / MIN_PX_PER_FRAME) ** value);
}

/** Frames that can be seen, with a margin on both sides. */
export function visibleFrames(view: Viewport, marginPx = 0): { readonly startFrame: number; readonly endFrame: number } {
  return { startFrame: Math.floor(xToFrame(view, -marginPx)), endFrame: Math.ceil(xToFrame(view, view.widthPx + marginPx)) };
}

/** Where to scroll so that a frame can be seen; the same place when it can be seen already. */
export function scrollTo(view: Viewport, frame: number, marginPx = 32): number {
  const x = frameToX(view, frame);
  if (x >= 0 && x <= view.widthPx - marginPx) return view.scrollPx;
  return Math.max(0, frame * view.pxPerFrame - view.widthPx * 0.2);
}

/** Distance of the ruler's ticks, in frames: the labelled ones and the small ones between. */
export interface Ticks {
  readonly labelled: number;
  readonly small: number;
}

const LABEL_ROOM_PX = 78;

/** Ticks that leave room for their labels. `fps` is that of the project clock, rounded. */
export function ticksFor(pxPerFrame: number, fps: number): Ticks {
  const steps: readonly Ticks[] = [
    { labelled: 1, small: 1 }, { labelled: 5, small: 1 }, { labelled: Math.max(6, Math.round(fps / 3)), small: Math.max(1, Math.round(fps / 15)) },
    ...[1, 2, 5, 10, 30, 60, 120, 300, 600].map((seconds) => ({ labelled: seconds * fps, small: (seconds * fps) / (seconds === 1 || seconds === 2 ? 5 * seconds : 5) })),
  ];
  return steps.find(({ labelled }) => labelled * pxPerFrame >= LABEL_ROOM_PX) ?? { labelled: 1800 * fps, small: 300 * fps };
}

/** Rows for things that must not lie on each other: the first row that is free, at most `most` rows. */
export function stackRows(items: readonly { readonly startFrame: number; readonly endFrame: number }[], most: number): number[] {
  const ends: number[] = [];
  const order = items.map((_, index) => index).sort((a, b) => (items[a]?.startFrame ?? 0) - (items[b]?.startFrame ?? 0) || a - b);
  const rows = items.map(() => 0);
  for (const index of order) {
    const item = items[index];
    if (!item) continue;
    const free = ends.findIndex((end) => end <= item.startFrame);
    const row = free === -1 ? Math.min(ends.length, most - 1) : free;
    rows[index] = row;
    ends[row] = Math.max(ends[row] ?? 0, item.endFrame);
  }
  return rows;
}
