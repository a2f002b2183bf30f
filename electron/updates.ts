/** The hook for updates. Off: nothing is asked of any machine unless whoever distributes the program has named a feed. */
import { app, autoUpdater } from 'electron';

/** @param feed https address of a feed as Electron's `autoUpdater` reads it. Returns whether it was asked. */
export function checkForUpdates(feed: string | undefined, onNote: (text: string) => void): boolean {
  if (!feed?.startsWith('https://') || !app.isPackaged) return false;
  autoUpdater.on('error', ({ message }) => onNote(`Updates could not be looked for: ${message}`)); // without a listener it would end the program
  autoUpdater.setFeedURL({ url: feed });
  autoUpdater.checkForUpdates();
  return true;
}
