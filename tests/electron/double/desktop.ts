/** The small parts of Electron: dialogs, menus, notifications, keychain, screens. Each remembers what it was asked and answers what the test has set. */
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { state } from './state.ts';
import type { MenuItem } from './state.ts';

export const dialog = {
  async showOpenDialog(...args: readonly unknown[]): Promise<{ canceled: boolean; filePaths: string[] }> {
    state.openDialogs.push(args.at(-1) as (typeof state.openDialogs)[number]);
    const filePaths = state.picks.shift() ?? [];
    return { canceled: filePaths.length === 0, filePaths };
  },
  showErrorBox: (title: string, text: string): void => void state.errorBoxes.push({ title, text }),
};

export const shell = {
  showItemInFolder: (path: string): void => void state.revealed.push(path),
  openExternal: async (url: string): Promise<void> => void state.openedOutside.push(url),
};

export const Menu = {
  buildFromTemplate: (template: readonly MenuItem[]): { readonly items: readonly MenuItem[] } => ({ items: template }),
  setApplicationMenu: (menu: { readonly items: readonly MenuItem[] }): void => void (state.menu = menu.items),
};

export class Notification extends EventEmitter {
  readonly #what: { readonly title: string; readonly body: string };

  constructor(what: { readonly title: string; readonly body: string }) {
    super();
    this.#what = what;
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    state.notifications.push({ ...this.#what, click: () => void this.emit('click') });
  }
}

export const powerSaveBlocker = {
  start(): number {
    state.blockersStarted += 1;
    const id = state.nextId();
    state.blockers.add(id);
    return id;
  },
  stop: (id: number): void => void state.blockers.delete(id),
};

const MARK = 'v11';

/** A keychain that turns bits over: enough to see whether something was encrypted. */
export const safeStorage = {
  isEncryptionAvailable: (): boolean => state.keychain.isAvailable,
  getSelectedStorageBackend: (): string => (state.app.isReady() ? state.keychain.backend : 'unknown'),
  encryptString: (text: string): Buffer => Buffer.concat([Buffer.from(MARK), Buffer.from(text).map((byte) => byte ^ state.keychain.secret)]),
  decryptString(bytes: Buffer): string {
    if (bytes.toString('latin1', 0, MARK.length) !== MARK) throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.');
    return Buffer.from(bytes.subarray(MARK.length).map((byte) => byte ^ state.keychain.secret)).toString();
  },
};

export const screen = {
  getPrimaryDisplay: () => ({ workArea: state.screens[0] }),
  getAllDisplays: () => state.screens.map((workArea) => ({ workArea })),
};

export const nativeTheme = {
  get shouldUseDarkColors(): boolean {
    return state.isDark;
  },
};

export const nativeImage = { createFromPath: (path: string) => ({ isEmpty: () => !existsSync(path) }) };
export const crashReporter = { start: (options: { readonly uploadToServer?: boolean }): void => void (state.crashReporter = options) };
export const autoUpdater = Object.assign(new EventEmitter(), { setFeedURL: ({ url }: { readonly url: string }): void => void state.feeds.push(url), checkForUpdates: (): void => {} });
