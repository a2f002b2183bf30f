/**
 * The only code of ours that sees both Electron and the page. Runs sandboxed, before the page; hands over one object and keeps the rest to
 * itself. Bundled into one CommonJS file, because a sandboxed preload script can load nothing.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { PORT_MESSAGE } from '#core/contract/desktop-bridge.ts';
import type { DesktopBridge } from '#core/contract/desktop-bridge.ts';
import { FROM_PAGE, TO_PAGE } from './channels.ts';

/** The page's window, as far as it is needed; the DOM's types would let this file use all of it. */
const page = globalThis as unknown as { readonly location: { readonly origin: string }; postMessage(message: string, targetOrigin: string, ports: readonly unknown[]): void };

/** What comes before somebody listens is kept, e.g. the route of a file that started the program. */
function deliver(channel: string): (listener: (text: string) => void) => void {
  let kept: string[] = [];
  let tell: ((text: string) => void) | undefined;
  ipcRenderer.on(channel, (_event, text: string) => (tell ? tell(text) : kept.push(text)));
  return (listener) => {
    tell = listener;
    for (const text of kept.splice(0)) listener(text);
    kept = [];
  };
}

const bridge: DesktopBridge = {
  connect(onLost) {
    ipcRenderer.on(TO_PAGE.lost, () => onLost());
    ipcRenderer.on(TO_PAGE.port, ({ ports }) => page.postMessage(PORT_MESSAGE, page.location.origin, ports));
    ipcRenderer.send(FROM_PAGE.ready);
  },
  onCommand: deliver(TO_PAGE.command),
  onNotice: deliver(TO_PAGE.notice),
  pathOf: (file) => webUtils.getPathForFile(file as Parameters<typeof webUtils.getPathForFile>[0]),
  dragOut: (exportId) => ipcRenderer.send(FROM_PAGE.dragOut, exportId),
  setBusy: (progress) => ipcRenderer.send(FROM_PAGE.busy, progress),
  notify: (title, body) => ipcRenderer.send(FROM_PAGE.notify, title, body),
  describe: (description) => ipcRenderer.send(FROM_PAGE.describe, description),
};

contextBridge.exposeInMainWorld('adgen', bridge);
