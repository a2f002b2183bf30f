/** The studio's window: a sandboxed page with one preload script, shown when it has something to show, and where it was the last time. */
import { fileURLToPath } from 'node:url';
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { PAGE_URL } from './origin.ts';
import { fitToScreens, readWindowState, SMALLEST, writeWindowState } from './window-state.ts';

const PRELOAD = fileURLToPath(new URL('./preload.cjs', import.meta.url));
/** `--canvas` of `renderer/styles.css`: what is seen before the page is drawn. */
const CANVAS = { dark: '#0c0d0e', light: '#e9e9ec' };

/** @param statePath where it is kept how the window stood */
export function openStudioWindow(statePath: string): BrowserWindow {
  const state = readWindowState(statePath);
  const isDark = state.isDark ?? nativeTheme.shouldUseDarkColors;
  const screens = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea);
  const window = new BrowserWindow({
    ...fitToScreens(state.bounds, screens), minWidth: SMALLEST.width, minHeight: SMALLEST.height, show: false, title: 'AdGen Studio', backgroundColor: isDark ? CANVAS.dark : CANVAS.light,
    webPreferences: { preload: PRELOAD, sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false, webSecurity: true, webviewTag: false, navigateOnDragDrop: false, spellcheck: false },
  });
  if (state.isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => keepState(window, statePath));
  void window.loadURL(PAGE_URL).catch(() => {}); // a page that cannot be loaded shows so itself, and a window may be closed before it has loaded
  return window;
}

/** What the page looks like, for the colour behind it now and at the next start. */
export function showTheme(window: BrowserWindow, statePath: string, isDark: boolean): void {
  window.setBackgroundColor(isDark ? CANVAS.dark : CANVAS.light);
  if (readWindowState(statePath).isDark !== isDark) writeWindowState(statePath, { ...readWindowState(statePath), isDark });
}

function keepState(window: BrowserWindow, statePath: string): void {
  try {
    writeWindowState(statePath, { ...readWindowState(statePath), bounds: window.getNormalBounds(), isMaximized: window.isMaximized() });
  } catch {
    // a full or read-only disk must not keep a window from closing; the next one opens where this one did
  }
}

/** To the front, whatever it was. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
