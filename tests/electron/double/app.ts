/** Electron's `app`: names, paths, the lock of the single instance, and the order of events at the end. */
import { EventEmitter } from 'node:events';

/** An event whose default can be prevented. */
export function preventable<T extends object>(more: T = {} as T) {
  return { ...more, defaultPrevented: false, preventDefault(): void { this.defaultPrevented = true; } };
}

export interface Closable {
  /** False when it was kept open. */
  tryClose(): boolean;
}

export class App extends EventEmitter {
  isPackaged = false;
  locale = 'en-GB';
  isLockFree = true;
  hasQuit = false;
  exitCode: number | undefined;
  readonly paths = new Map([['videos', '/tmp'], ['userData', '']]);
  name = 'Electron';
  #isReady = false;
  #ready = Promise.withResolvers<void>();
  #windows: () => readonly Closable[] = () => [];

  setName = (name: string): void => void (this.name = name);
  setPath = (name: string, path: string): void => void this.paths.set(name, path);
  getPath = (name: string): string => this.paths.get(name) ?? '';
  getLocale = (): string => (this.#isReady ? this.locale : '');
  isReady = (): boolean => this.#isReady;
  whenReady = (): Promise<void> => this.#ready.promise;
  requestSingleInstanceLock = (): boolean => this.isLockFree;

  /** What Electron does by itself once its main script has run. */
  becomeReady(windows: () => readonly Closable[]): void {
    this.#windows = windows;
    this.#isReady = true;
    this.emit('ready');
    this.#ready.resolve();
  }

  quit = (): void => {
    if (this.hasQuit) return;
    const before = preventable();
    this.emit('before-quit', before);
    if (before.defaultPrevented || !this.#windows().every((window) => window.tryClose())) return;
    const will = preventable();
    this.emit('will-quit', will);
    if (!will.defaultPrevented) this.exit(this.exitCode ?? 0);
  };

  exit = (code = 0): void => {
    this.exitCode = code;
    this.hasQuit = true;
    this.emit('quit', {}, code);
  };
}
