/** The end: what was started here ends first, then the program. Nothing is asked, because nothing is lost: runs go on at the next start. */
import { app } from 'electron';

/** @param close resolves when everything is gone; called once */
export function closeBeforeQuit(close: () => Promise<void>): void {
  let closing: Promise<void> | undefined;
  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed) return;
    event.preventDefault();
    closing ??= close().catch(() => {}).finally(() => {
      isClosed = true;
      app.quit();
    }); // what cannot be closed ends with this process, which its supervisor has told it to watch
  });
}
