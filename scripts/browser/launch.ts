/** A browser for a test, and pages that complain when something goes wrong in them. */
import { chromium } from 'playwright';
import type { Browser } from 'playwright';
import { findBrowser } from './find-browser.ts';

/** Chromium without a window. Close it. */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('There is no Chromium for the tests. "npm test" installs one; or set ADGEN_CHROMIUM.');
  return await chromium.launch({ executablePath, args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required', ...args] });
}
