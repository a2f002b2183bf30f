/** Electron's BrowserWindow: a WebContents with a place on the screen. */
import { EventEmitter } from 'node:events';
import { state } from './state.ts';
import { preventable } from './app.ts';
import { preloadScript } from './preload-script.ts';
import { WebContents } from './web-contents.ts';

interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowOptions extends Bounds {
  readonly show: boolean;
  readonly backgroundColor: string;
  readonly webPreferences: Readonly<Record<string, unknown>> & { readonly preload: string };
}

export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents;
  readonly options: WindowOptions;
  backgroundColor: string;
  progress = -1;
  #bounds: Bounds;
  #isMaximized = false;
  #isMinimized = false;
  #isVisible: boolean;
  #isFocused = false;
  #isDestroyed = false;

  constructor(options: WindowOptions) {
    super();
    this.options = options;
    this.backgroundColor = options.backgroundColor;
    const { x, y, width, height } = options;
    this.#bounds = { x, y, width, height };
    this.#isVisible = options.show;
    this.webContents = new WebContents(preloadScript(options.webPreferences.preload), { width, height });
    state.windows.push(this);
  }

  static getAllWindows = (): BrowserWindow[] => [...state.windows];
  static getFocusedWindow = (): BrowserWindow | null => state.windows.find((window) => window.isFocused()) ?? null;
  static fromWebContents = (contents: WebContents): BrowserWindow | null => state.windows.find((window) => window.webContents === contents) ?? null;

  async loadURL(url: string): Promise<void> {
    await this.webContents.loadURL(url);
    this.emit('ready-to-show');
  }

  show(): void {
    this.#isVisible = true;
    this.focus();
  }

  focus(): void {
    this.#isFocused = true;
  }

  blur(): void {
    this.#isFocused = false;
  }

  minimize(): void {
    this.#isMinimized = true;
    this.blur();
  }

  restore(): void {
    this.#isMinimized = false;
  }

  maximize(): void {
    this.#isMaximized = true;
    this.#isVisible = true; // as documented
  }

  setBounds(bounds: Bounds): void {
    this.#bounds = bounds;
  }

  isFocused = (): boolean => this.#isFocused;
  isMinimized = (): boolean => this.#isMinimized;
  isMaximized = (): boolean => this.#isMaximized;
  isVisible = (): boolean => this.#isVisible;
  isDestroyed = (): boolean => this.#isDestroyed;
  getNormalBounds = (): Bounds => this.#bounds;
  setProgressBar = (progress: number): void => void (this.progress = progress);
  setBackgroundColor = (color: string): void => void (this.backgroundColor = color);

  close(): void {
    this.tryClose();
    if (state.windows.length === 0) state.app.emit('window-all-closed');
  }

  /** What `app.quit` does to every window. */
  tryClose(): boolean {
    if (this.#isDestroyed) return true;
    const event = preventable();
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    this.#isDestroyed = true;
    state.windows.splice(state.windows.indexOf(this), 1);
    state.closing.push(this.webContents.destroy());
    this.emit('closed');
    return true;
  }
}
