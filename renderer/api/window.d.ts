/** What Electron's preload script puts on the window; missing in a browser. */
interface AdgenBridge {
  /** Calls `onPort` with a fresh port for every engine, and `onLost` when one is gone. */
  onPort(onPort: (port: MessagePort) => void, onLost: () => void): void;
  /** The path of a file that was dropped or picked; empty when it has none. */
  pathOf(file: File): string;
  /** Begins a native drag of a finished file; `hash` names it, the shell finds its path. */
  dragOut(exportId: string): void;
  /** Commands of the native menu, by the ids of `renderer/app/commands.ts`. */
  onCommand(listener: (commandId: string) => void): void;
  /** For the taskbar and for keeping the machine awake: 0..1, or null when nothing runs. */
  setBusy(progress: number | null): void;
  /** A native notification, shown only when the window is not in front. */
  notify(title: string, body: string): void;
}

interface Window {
  readonly adgen?: AdgenBridge;
}
