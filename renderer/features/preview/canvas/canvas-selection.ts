/** What is selected on the canvas. Whoever shows the same things elsewhere (the timeline) selects here, too, and listens. */
import { create } from 'zustand';
import { isSameTarget } from './canvas-items.ts';
import type { CanvasTarget } from './canvas-items.ts';

interface CanvasSelection {
  readonly target: CanvasTarget | null;
  /** Grows when somebody wants to write: the inspector's field takes the focus. */
  readonly writeRequests: number;
}

const useSelection = create<CanvasSelection>(() => ({ target: null, writeRequests: 0 }));

/** The selection; null = nothing. */
export function useCanvasSelection(): CanvasTarget | null {
  return useSelection((state) => state.target);
}

/** How often somebody wanted to write into the selected words. */
export function useWriteRequests(): number {
  return useSelection((state) => state.writeRequests);
}

/** Selects something, or nothing. */
export function selectOnCanvas(target: CanvasTarget | null): void {
  if (!isSameTarget(useSelection.getState().target, target)) useSelection.setState({ target });
}

/** Selects words to write into them. */
export function writeOnCanvas(target: CanvasTarget): void {
  useSelection.setState(({ writeRequests }) => ({ target, writeRequests: writeRequests + 1 }));
}

/** Calls back with every other selection. Answers how to stop. */
export function subscribeCanvasSelection(listener: (target: CanvasTarget | null) => void): () => void {
  return useSelection.subscribe((next, last) => {
    if (!isSameTarget(next.target, last.target)) listener(next.target);
  });
}
