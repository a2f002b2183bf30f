/** What the engine may ask of the desktop: native dialogs, the file manager, the browser. */
import { existsSync } from 'node:fs';
import { app, BrowserWindow, dialog, shell } from 'electron';
import type { HostTools } from '#engine/host/host-tools.ts';
import { checkExternalUrl } from '#engine/host/open-outside.ts';

export function createDesktopTools(): HostTools['desktop'] {
  return {
    abilities: async () => ({ kind: 'electron', canPick: true, canReveal: true, canDragOut: true, canNotify: true, platform: process.platform }),
    async pickFolder({ title, startIn }) {
      const options: Electron.OpenDialogOptions = { title, defaultPath: startIn ?? app.getPath('videos'), properties: ['openDirectory', 'createDirectory'] };
      const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
      const { filePaths: [path] } = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options);
      return { path: path ?? null };
    },
    async reveal({ path }) {
      if (!existsSync(path)) return { done: false };
      shell.showItemInFolder(path); // the engine has decided that it may be shown
      return { done: true };
    },
    async openExternal({ url }) {
      await shell.openExternal(checkExternalUrl(url));
      return { done: true };
    },
  };
}
