/** The studio's windows: at most one, opened again when asked for; a page that crashed is loaded again and says so, unless it keeps crashing. */
import type { BrowserWindow, WebContents } from 'electron';
import { createRestartBudget } from '#engine/host/restart-budget.ts';
import { TO_PAGE } from './channels.ts';
import { openStudioWindow, showWindow } from './window.ts';

export interface StudioWindows {
  /** Opens the window, or brings it to the front. */
  show(): void;
  has(page: WebContents): boolean;
  /** To the page, now or as soon as it listens; a window that is closed opens again for a route. */
  tell(channel: typeof TO_PAGE.command | typeof TO_PAGE.notice, text: string): void;
  /** The page listens. */
  onReady(page: WebContents): void;
  current(): BrowserWindow | undefined;
}

export function createStudioWindows(statePath: string, crashNotice: () => string): StudioWindows {
  const budget = createRestartBudget({ most: 3, regainMs: 60_000 });
  const kept: { readonly channel: string; readonly text: string }[] = [];
  let window: BrowserWindow | undefined;
  let isListening = false;
  const open = (): void => {
    const opened = openStudioWindow(statePath);
    window = opened;
    isListening = false;
    opened.on('closed', () => (window = window === opened ? undefined : window));
    opened.webContents.on('render-process-gone', (_event, { reason }) => {
      isListening = false;
      if (reason === 'clean-exit' || opened.isDestroyed() || !budget.take(performance.now())) return;
      kept.push({ channel: TO_PAGE.notice, text: crashNotice() });
      opened.webContents.reload();
    });
  };
  return {
    show: () => (window ? showWindow(window) : open()),
    has: (page) => window !== undefined && !window.isDestroyed() && window.webContents === page,
    tell(channel, text) {
      if (isListening && window) window.webContents.send(channel, text);
      else kept.push({ channel, text });
    },
    onReady(page) {
      isListening = true;
      for (const { channel, text } of kept.splice(0)) page.send(channel, text);
    },
    current: () => window,
  };
}
