/** One Chromium for all windows of a test file. */
import { chromium } from 'playwright';
import type { Browser } from 'playwright';
import { existsSync } from 'node:fs';

const INSTALLED = '/usr/bin/chromium';
let browser: Promise<Browser> | undefined;

/** The system's Chromium where there is one, else Playwright's own. */
export function launched(): Promise<Browser> {
  const shared = globalThis as { adgenTestBrowser?: Promise<Browser> };
  browser ??= shared.adgenTestBrowser ??= chromium.launch({ args: ['--no-sandbox'], ...(existsSync(INSTALLED) ? { executablePath: INSTALLED } : {}) });
  return browser;
}

export async function closeBrowser(): Promise<void> {
  const shared = globalThis as { adgenTestBrowser?: Promise<Browser> };
  await (await shared.adgenTestBrowser)?.close();
  delete shared.adgenTestBrowser;
}
