/**
 * What Electron's preload script puts on the page's window as `adgen`; missing in a browser. Only plain data and functions cross the bridge,
 * so ports come another way: each as a message to the window itself, with `PORT_MESSAGE` as its data.
 */

/** Data of the window's own message that brings a port to a fresh engine. */
export const PORT_MESSAGE = 'adgen-port';

/** One entry of the native menu; what it does stays in the page. */
export interface MenuCommand {
  readonly id: string;
  readonly label: string;
  readonly group: string;
  /** As in `mod+shift+z`. */
  readonly keys?: readonly string[] | undefined;
  readonly isDisabled?: boolean | undefined;
  readonly isGlobal?: boolean | undefined;
}

/** How the page looks and what it can do. */
export interface PageDescription {
  readonly language: 'en' | 'de';
  readonly isDark: boolean;
  readonly commands: readonly MenuCommand[];
}

/** The whole of what a page may ask of the shell; everything else goes to the engine. */
export interface DesktopBridge {
  /** Says that the page listens: a port to the engine follows, and another one for every engine after it. `onLost`: the engine of the moment is gone. */
  connect(onLost: () => void): void;
  /** Id of a command that the native menu was asked for, or `open:` and a route of the page. */
  onCommand(listener: (commandId: string) => void): void;
  /** Sentences of the shell for the user. */
  onNotice(listener: (text: string) => void): void;
  /** The path of a file that was dropped or picked; empty when it has none. */
  pathOf(file: object): string;
  /** Begins a native drag of the file that an export wrote. */
  dragOut(exportId: string): void;
  /** For the taskbar and for keeping the machine awake: 0..1, or null when nothing runs. */
  setBusy(progress: number | null): void;
  /** A native notification, shown only when the window is not in front. */
  notify(title: string, body: string): void;
  describe(page: PageDescription): void;
}
