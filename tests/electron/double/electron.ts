/** The module `electron`, as far as the shell uses it, over a real Chromium and real processes. What it does not have, the shell may not use without a test. */
import { state } from './state.ts';

export const { app } = state;
export { BrowserWindow } from './browser-window.ts';
export { autoUpdater, crashReporter, dialog, Menu, nativeImage, nativeTheme, Notification, powerSaveBlocker, safeStorage, screen, shell } from './desktop.ts';
export { ipcMain } from './ipc-main.ts';
export { MessageChannelMain } from './ports.ts';
export { protocol, session } from './session.ts';
export { utilityProcess } from './utility-process.ts';
