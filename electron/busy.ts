/** While something is made: the taskbar shows how far it is, and the machine does not fall asleep. Each page speaks for itself; the last word of one that is gone is forgotten. */
import { BrowserWindow, powerSaveBlocker } from 'electron';
import type { WebContents } from 'electron';

export interface Busy {
  /** @param progress 0..1, or null when nothing is made */
  set(page: WebContents, progress: number | null): void;
}

export function createBusy(): Busy {
  const working = new Set<WebContents>();
  let blocker: number | undefined;
  const hold = (): void => {
    if (working.size > 0) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== undefined) {
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    }
  };
  return {
    set(page, progress) {
      if (progress === null) working.delete(page);
      else if (!working.has(page)) {
        working.add(page);
        page.once('destroyed', () => {
          working.delete(page);
          hold();
        });
      }
      hold();
      const window = BrowserWindow.fromWebContents(page);
      if (window && !window.isDestroyed()) window.setProgressBar(progress ?? -1);
    },
  };
}
