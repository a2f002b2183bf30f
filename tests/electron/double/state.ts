/** What the double remembers and what a test can set: one per module registry, so one per started shell. */
import { App } from './app.ts';
import type { BrowserWindow } from './browser-window.ts';
import type { UtilityProcess } from './utility-process.ts';

let ids = 0;

export interface MenuItem {
  readonly id?: string;
  readonly label?: string;
  readonly role?: string;
  readonly type?: string;
  readonly accelerator?: string;
  readonly registerAccelerator?: boolean;
  readonly enabled?: boolean;
  readonly submenu?: readonly MenuItem[];
  click?(): void;
}

export interface DragStart {
  readonly file: string;
  readonly icon: { isEmpty(): boolean };
}

export const state = {
  app: new App(),
  nextId: (): number => ++ids,
  windows: [] as BrowserWindow[],
  utilityProcesses: [] as UtilityProcess[],
  /** Schemes that were registered before the app was ready. */
  schemes: [] as { readonly scheme: string; readonly privileges: Readonly<Record<string, boolean>> }[],
  protocolHandlers: new Map<string, (request: Request) => Response | Promise<Response>>(),
  menu: [] as readonly MenuItem[],
  notifications: [] as { readonly title: string; readonly body: string; click(): void }[],
  blockers: new Set<number>(),
  blockersStarted: 0,
  drags: [] as DragStart[],
  revealed: [] as string[],
  openedOutside: [] as string[],
  errorBoxes: [] as { readonly title: string; readonly text: string }[],
  /** Answers of the open dialog, in order; empty = closed without a choice. */
  picks: [] as string[][],
  openDialogs: [] as { readonly title?: string; readonly defaultPath?: string; readonly properties?: readonly string[] }[],
  keychain: { isAvailable: true, backend: 'gnome_libsecret' as string, secret: 0x5a },
  screens: [{ x: 0, y: 0, width: 1920, height: 1080 }],
  isDark: true,
  crashReporter: undefined as { readonly uploadToServer?: boolean } | undefined,
  feeds: [] as string[],
  /** Paths of files that a test drops or picks, by their names. */
  filePaths: {} as Record<string, string>,
  /** Addresses that the page asked for over the network and was refused. */
  refusedRequests: [] as string[],
  /** Pages that are being closed. */
  closing: [] as Promise<void>[],
};
