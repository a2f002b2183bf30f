/** Files that fall beside every drop zone. Without this the browser would leave the studio and show the file instead. */
import { useEffect } from 'react';

/** @param take what becomes of files that no zone has taken */
export function useStrayDrops(take: (files: File[]) => void): void {
  useEffect(() => {
    const hold = (event: DragEvent): void => {
      if (!event.defaultPrevented && event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      if (event.defaultPrevented || !event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      take([...event.dataTransfer.files]);
    };
    window.addEventListener('dragover', hold);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', hold);
      window.removeEventListener('drop', drop);
    };
  }, [take]);
}
