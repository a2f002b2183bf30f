/** The running studio: its window, its engine, its sidecar, and the lines between them. */
import { join } from 'node:path';
import { app, dialog, session } from 'electron';
import { serializeError } from '#core/contract/errors.ts';
import type { PageDescription } from '#core/contract/desktop-bridge.ts';
import type { NodeHost } from '#engine/host/node-host-tools.ts';
import { superviseEngine } from '#engine/host/supervise-engine.ts';
import type { SupervisedEngine } from '#engine/host/supervise-engine.ts';
import { createBusy } from './busy.ts';
import { TO_PAGE } from './channels.ts';
import { dragOut } from './drag-out.ts';
import { connectEngine } from './engine-client.ts';
import { createEngineStarter } from './engine-starter.ts';
import { createExportedFiles } from './exported-files.ts';
import { openShellTools } from './shell-tools.ts';
import { createStudioMenu } from './menu.ts';
import { notify } from './notifications.ts';
import { importDeliveries } from './open-files.ts';
import { listenToPages } from './page-messages.ts';
import { createPageLine } from './page-line.ts';
import { closeBeforeQuit } from './quit.ts';
import { recentProjects } from './recent.ts';
import { lockSession } from './security.ts';
import { serveStudioScheme } from './studio-scheme.ts';
import { createStudioWindows } from './studio-windows.ts';
import { checkForUpdates } from './updates.ts';
import { showTheme } from './window.ts';
import { wordsFor } from './words.ts';

export interface StudioOptions {
  readonly dataDir: string;
  /** What the shell itself keeps. */
  readonly shellFolder: string;
  /** A ComfyUI that is only used. */
  readonly comfyUrl?: string | undefined;
}

export interface Studio {
  /** When the app is ready; once. */
  start(): Promise<void>;
  /** Opens the window or brings it to the front; before the start, nothing. */
  show(): void;
  /** Now, or when the engine serves. */
  importFiles(paths: readonly string[]): void;
}

export function createStudio({ dataDir, shellFolder, comfyUrl }: StudioOptions): Studio {
  const statePath = join(shellFolder, 'window.json');
  const windows = createStudioWindows(statePath, () => wordsFor(app.getLocale()).reloaded);
  const line = createPageLine();
  const busy = createBusy();
  let engine: SupervisedEngine | undefined;
  let host: NodeHost | undefined;
  const client = connectEngine(() => engine);
  const files = createExportedFiles(client);
  const menu = createStudioMenu(() => recentProjects(client));
  const waiting: string[] = [];
  const say = (text: string): void => windows.tell(TO_PAGE.notice, text);
  const importFiles = async (paths: readonly string[]): Promise<void> => {
    if (!engine) return void waiting.push(...paths);
    await importDeliveries(paths, client, { onNotice: say, onOpen: (route) => windows.tell(TO_PAGE.command, route) });
  };

  const listen = (): void => listenToPages((contents) => windows.has(contents), {
    onReady(page) {
      busy.set(page, null);
      windows.onReady(page);
      line.join(page);
    },
    onDragOut: (page, exportId) => void dragOut(page, exportId, files).then((hasBegun) => hasBegun || say(wordsFor(app.getLocale()).exportGone)),
    onBusy: (page, progress) => busy.set(page, progress),
    onNotify: notify,
    onDescribe(_page, description: PageDescription) {
      const window = windows.current();
      if (window) showTheme(window, statePath, description.isDark);
      void menu.show(description);
    },
  });

  const startEngine = async (): Promise<void> => {
    host = await openShellTools({ dataDir, shellFolder, comfyUrl, onNote: say });
    engine = await superviseEngine(createEngineStarter(line), { dataDir, port: 0, onNote: say, hostTools: host.tools, sidecar: host.sidecar });
    engine.ended.catch((error: unknown) => fail(wordsFor(app.getLocale()).failed, error));
    await importFiles(waiting.splice(0));
  };

  const close = async (): Promise<void> => {
    await engine?.dispose();
    await host?.close();
  };

  return {
    async start() {
      lockSession(session.defaultSession);
      serveStudioScheme(session.defaultSession, () => engine);
      listen();
      void menu.show({ language: app.getLocale().startsWith('de') ? 'de' : 'en', commands: [] });
      app.on('activate', () => windows.show());
      app.on('window-all-closed', () => process.platform === 'darwin' || app.quit());
      windows.show();
      checkForUpdates(process.env['ADGEN_UPDATE_FEED'], say);
      const starting = startEngine();
      closeBeforeQuit(() => starting.catch(() => {}).then(close));
      await starting.catch((error: unknown) => fail(wordsFor(app.getLocale()).cannotStart, error));
    },
    show: () => app.isReady() && windows.show(),
    importFiles: (paths) => void importFiles(paths),
  };
}

/** Says why, and ends. */
function fail(title: string, error: unknown): void {
  dialog.showErrorBox(title, serializeError(error).message);
  app.quit();
}
