/**
 * What a gesture on the timeline would make, seen on the canvases while it lasts: the scenes as they would be, at the frame where the change
 * is. It costs the page next to nothing (see `painter/draft-scenes.ts`), and comes no more often than a film has pictures.
 */
import { create } from 'zustand';
import type { Scene } from '#core/project/schema.ts';
import { paintDraft } from './preview-session.ts';
import { playbackNow } from './playback.ts';

/** What is looked at. */
export interface DraftView {
  readonly scenes: readonly Scene[];
  /** Null = where the playhead is. */
  readonly frame: number | null;
}

const useView = create<{ readonly frame: number | null; readonly isShown: boolean }>(() => ({ frame: null, isShown: false }));

const EVERY_MS = 33;

let newest: DraftView | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Shows it on all canvases; null = the gesture is over. */
export function viewDraft(view: DraftView | null): void {
  newest = view ?? undefined;
  if (!view) {
    clearTimeout(timer);
    timer = undefined;
    if (!useView.getState().isShown) return;
    useView.setState({ frame: null, isShown: false });
    paintDraft(null);
  } else if (timer === undefined) showNewest();
}

function showNewest(): void {
  timer = undefined;
  if (!newest) return;
  paintDraft(newest.scenes);
  useView.setState({ frame: newest.frame, isShown: true });
  newest = undefined;
  timer = setTimeout(showNewest, EVERY_MS);
}

/** Whether a draft is shown: then boxes on the canvas would stand where nothing is. */
export function useIsDraftViewed(): boolean {
  return useView((state) => state.isShown);
}

/** The frame that canvases show. */
export function shownFrame(): number {
  return useView.getState().frame ?? playbackNow().frame;
}

/** Calls back when a draft is looked at elsewhere than before. Answers how to stop. */
export function subscribeShownFrame(listener: () => void): () => void {
  return useView.subscribe((next, last) => {
    if (next.frame !== last.frame) listener();
  });
}
