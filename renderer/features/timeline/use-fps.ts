import { useProjectSelector } from '../project/project-store.ts';

/** Frames per second of the project clock. */
export function useFps(): number {
  return useProjectSelector((document) => document.timebase.num / document.timebase.den);
}
