import { EventEmitter } from 'node:events';

/** Electron's ipcMain. A test may emit on it as an attacker would be heard. */
export const ipcMain = new EventEmitter();
