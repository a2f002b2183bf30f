/** Files that fall beside every drop zone. Without this the browser would leave the studio and show the file instead. */
import { useEffect } from 'react';
import { readDrop } from '../features/new-advert/dropped-files.ts';
import type { DroppedFiles } from '../features/new-advert/dropped-files.ts';

/** @param take what becomes of files that no zone has taken */
export function useStrayDrops(take: (dropped: DroppedFiles) => void): void {
  useEffect(() => {
    const hold = (event: DragEvent): void => {
      if (!event.defaultPrevented && event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      take(readDrop(event.dataTransfer));
    };
    window.addEventListener('dragover', hold);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', hold);
      window.removeEventListener('drop', drop);
    };
  }, [take]);
}
