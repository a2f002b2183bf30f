/** Native notifications, for who is looking elsewhere. */
import { BrowserWindow, Notification } from 'electron';
import type { WebContents } from 'electron';
import { showWindow } from './window.ts';

/** Shown unless the window is in front; a click brings it there. */
export function notify(page: WebContents, title: string, body: string): void {
  const window = BrowserWindow.fromWebContents(page);
  if (!window || window.isFocused() || !Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  notification.on('click', () => window.isDestroyed() || showWindow(window));
  notification.show();
}
