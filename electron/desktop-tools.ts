/** What the engine may ask of the desktop: native dialogs, the file manager, the browser. */
import { app, BrowserWindow, dialog, shell } from 'electron';
import type { HostTools } from '#engine/host/host-tools.ts';
import { isKnownAddress } from '#engine/host/known-addresses.ts';
import type { ExportedFiles } from './exported-files.ts';

export function createDesktopTools(files: ExportedFiles): HostTools['desktop'] {
  return {
    abilities: async () => ({ kind: 'electron', canPick: true, canReveal: true, canDragOut: true, canNotify: true, platform: process.platform }),
    async pickFolder({ title, startIn }) {
      const options: Electron.OpenDialogOptions = { title, defaultPath: startIn ?? app.getPath('videos'), properties: ['openDirectory', 'createDirectory'] };
      const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
      const { filePaths: [path] } = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options);
      return { path: path ?? null };
    },
    async reveal({ path }) {
      const isAllowed = await files.isExported(path);
      if (isAllowed) shell.showItemInFolder(path);
      return { done: isAllowed };
    },
    async openExternal({ url }) {
      const isAllowed = isKnownAddress(url);
      if (isAllowed) await shell.openExternal(url);
      return { done: isAllowed };
    },
  };
}
