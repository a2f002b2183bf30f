/** For tests: the bundled shell in Electron. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { root } from '#scripts/checks/sources.ts';

export interface Studio {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly dataDir: string;
}

/** @param words further ones of the command line */
export async function openStudio(dataDir: string, words: readonly string[] = []): Promise<Studio> {
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []; // Chromium's sandbox refuses root
  const app = await _electron.launch({ args: [...sandbox, join(root, 'dist', 'app'), '--data', dataDir, ...words], timeout: 60_000 });
  const page = await app.firstWindow();
  await page.getByRole('navigation').first().waitFor({ timeout: 60_000 });
  return { app, page, dataDir };
}

export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'adgen-electron-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Process ids of the engines that Electron runs at the moment. */
export async function enginePids({ app }: Studio): Promise<number[]> {
  return await app.evaluate(({ app: shell }) => shell.getAppMetrics().filter(({ name }) => name === 'AdGen Studio engine').map(({ pid }) => pid));
}
