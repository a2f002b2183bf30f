import { useRef } from 'react';
import type { DragEvent } from 'react';

/** Marks the one element that would take what is dragged over the page (`data-over`); `onDragLeave` takes the mark off when the pointer leaves for good. */
export function useDropMark() {
  const over = useRef<HTMLElement>(undefined);
  const mark = (element: HTMLElement | undefined): void => {
    if (over.current === element) return;
    delete over.current?.dataset['over'];
    if (element) element.dataset['over'] = '';
    over.current = element;
  };
  // Leaving one clip for the next is no leaving.
  const onDragLeave = ({ relatedTarget, currentTarget }: DragEvent): void => {
    if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) mark(undefined);
  };
  return { mark, onDragLeave };
}
