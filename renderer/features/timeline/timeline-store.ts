/** What the timeline knows beside the document: what is selected, the tool, the zoom. Gone with the window; the document is not touched by it. */
import { create } from 'zustand';
import { NO_SELECTION } from '../../editor/selection.ts';
import type { Selection } from '../../editor/selection.ts';
import type { ClipKey } from '../../editor/clip-key.ts';

/** What a press on a clip does: take hold of it, cut it, or move what it shows. */
export const TOOLS = ['select', 'razor', 'slip'] as const;
export type Tool = (typeof TOOLS)[number];

interface TimelineState {
  readonly selection: Selection;
  readonly tool: Tool;
  readonly isSnapping: boolean;
  /** Trimming a scene moves the rest of the film; else the neighbour gives what the scene takes. */
  readonly isRippling: boolean;
  readonly pxPerFrame: number;
  /** The zoom that follows the film's length until somebody zooms by hand. */
  readonly isFitted: boolean;
}

const useStore = create<TimelineState>(() => ({ selection: NO_SELECTION, tool: 'select', isSnapping: true, isRippling: true, pxPerFrame: 3, isFitted: true }));

/** A part of the timeline's state. */
export function useTimeline<T>(selector: (state: TimelineState) => T): T {
  return useStore(selector);
}

/** The state outside React. */
export function timelineNow(): TimelineState {
  return useStore.getState();
}

/** Changes some of it. */
export function setTimeline(change: Partial<TimelineState>): void {
  useStore.setState(change);
}

/** Calls back with every change. Answers how to stop. */
export function subscribeTimeline(listener: (state: TimelineState, before: TimelineState) => void): () => void {
  return useStore.subscribe(listener);
}

/** Selects clips; the last of them is where a range would begin. */
export function selectClips(keys: readonly ClipKey[]): void {
  const { selection } = timelineNow();
  if (keys.length === selection.keys.length && keys.every((key, index) => key === selection.keys[index])) return;
  setTimeline({ selection: { keys, anchor: keys.at(-1) ?? null } });
}

/** Whether one clip is selected. */
export function useIsSelected(key: ClipKey): boolean {
  return useStore((state) => state.selection.keys.includes(key));
}
