/** For tests: the shell's own `main.ts` and `preload.ts`, started on the double of Electron with a real engine and a real page. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { vi } from 'vitest';
import { buildRenderer } from '#cli/build-renderer.ts';
import { isThere } from '#scripts/child-processes.ts';
import { bundlePreload } from '#scripts/dist/bundle-app.ts';
import type { BrowserWindow } from './double/browser-window.ts';
import { closeBrowser } from './double/browser.ts';
import { usePreloadFrom } from './double/preload-script.ts';
import type { state as doubleState } from './double/state.ts';

export type DoubleState = typeof doubleState;

export interface Shell {
  readonly state: DoubleState;
  readonly dataDir: string;
  window(): BrowserWindow;
  /** The page, once it shows the studio. */
  page(): Promise<Page>;
  /** As the user quits; resolves when the program would be gone. */
  quit(): Promise<void>;
  enginePid(): number | undefined;
  /** Where the engine of the moment serves, as it was told and has said. */
  address(): { readonly port: number; readonly token: string } | undefined;
}

export interface ShellOptions {
  readonly dataDir: string;
  readonly argv?: readonly string[];
  /** Before the shell's first line. */
  prepare?(state: DoubleState): void;
}

let preloadFolder = '';

/** Once per test file. */
export async function prepareShells(): Promise<void> {
  await buildRenderer(() => {});
  preloadFolder = await mkdtemp(join(tmpdir(), 'adgen-preload-'));
  await bundlePreload(preloadFolder);
  usePreloadFrom(preloadFolder);
}

/** After the last. */
export async function releaseShells(): Promise<void> {
  await closeBrowser();
  await rm(preloadFolder, { recursive: true, force: true });
}

export async function startShell({ dataDir, argv = [], prepare }: ShellOptions): Promise<Shell> {
  vi.resetModules();
  vi.doMock('electron', () => import('./double/electron.ts'));
  const { state } = await import('./double/state.ts');
  prepare?.(state);
  const before = process.argv;
  process.argv = ['electron', 'main.js', '--data', dataDir, ...argv];
  try {
    await import('#electron/main.ts');
  } finally {
    process.argv = before;
  }
  if (!state.app.hasQuit) state.app.becomeReady(() => [...state.windows]);
  const enginePid = (): number | undefined => state.utilityProcesses.findLast(({ pid }) => pid !== undefined)?.pid;
  return {
    state, dataDir, enginePid,
    address: () => addressIn(state.utilityProcesses.at(-1)),
    window: () => state.windows[0] ?? fail('there is no window'),
    async page() {
      const page = await vi.waitFor(() => state.windows[0]?.webContents.page ?? fail('there is no page yet'), { timeout: 20_000 });
      await page.getByRole('navigation').first().waitFor({ timeout: 30_000 });
      return page;
    },
    async quit() {
      state.app.quit();
      await vi.waitFor(() => state.app.hasQuit || fail('it has not quit'), { timeout: 20_000 });
      await Promise.all(state.closing);
      const left = state.utilityProcesses.flatMap(({ pid }) => (pid !== undefined && isThere(pid) ? [pid] : []));
      if (left.length > 0) throw new Error(`the engine outlives the shell: ${left}`);
    },
  };
}

export async function withDataDir(): Promise<{ readonly dataDir: string; remove(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'adgen-shell-'));
  return { dataDir, remove: () => rm(dataDir, { recursive: true, force: true }) };
}

function addressIn(child: DoubleState['utilityProcesses'][number] | undefined): { port: number; token: string } | undefined {
  const start = child?.sent.find((message): message is { type: 'start'; token: string } => (message as { type: string }).type === 'start');
  const ready = child?.heard.find((message): message is { type: 'ready'; port: number } => (message as { type: string }).type === 'ready');
  return start && ready && { port: ready.port, token: start.token };
}

function fail(reason: string): never {
  throw new Error(reason);
}
