/** The native menu, made anew whenever the page has other commands or another project was worked on last. */
import { app, BrowserWindow, Menu } from 'electron';
import type { PageDescription } from '#core/contract/desktop-bridge.ts';
import { TO_PAGE } from './channels.ts';
import { menuTemplate } from './menu-template.ts';
import type { RecentProject } from './recent.ts';
import { wordsFor } from './words.ts';

export interface StudioMenu {
  show(page: Pick<PageDescription, 'language' | 'commands'>): Promise<void>;
}

/** @param loadRecent rejects while no engine answers: those that were shown stay */
export function createStudioMenu(loadRecent: () => Promise<readonly RecentProject[]>): StudioMenu {
  let shown = '';
  let recent: readonly RecentProject[] = [];
  const draw = ({ language, commands }: Pick<PageDescription, 'language' | 'commands'>): void => {
    const key = JSON.stringify([language, commands, recent]);
    if (key === shown) return; // a menu that is made anew closes when it is open
    shown = key;
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ commands, recent, words: wordsFor(language), isMac: process.platform === 'darwin', isDevelopment: !app.isPackaged, onCommand: tellPage })));
  };
  return {
    async show(page) {
      draw(page);
      recent = await loadRecent().catch(() => recent);
      draw(page);
    },
  };
}

function tellPage(commandId: string): void {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  window?.webContents.send(TO_PAGE.command, commandId);
}
