/** A Chromium for the tests: the user's (`ADGEN_CHROMIUM`), one that Playwright has installed, or the system's. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';

const LINUX = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/snap/bin/chromium'];
const MAC = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'];
const WINDOWS = [String.raw`Google\Chrome\Application\chrome.exe`, String.raw`Microsoft\Edge\Application\msedge.exe`];

/** Path of a browser, or undefined when there is none. Throws when `ADGEN_CHROMIUM` names no file. */
export function findBrowser(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const own = environment['ADGEN_CHROMIUM'];
  if (own) {
    if (existsSync(own)) return own;
    throw new Error(`ADGEN_CHROMIUM names ${own}, which is not there.`);
  }
  return [chromium.executablePath(), ...systemPaths(environment)].find((path) => existsSync(path));
}

function systemPaths(environment: NodeJS.ProcessEnv): string[] {
  if (process.platform === 'darwin') return MAC;
  if (process.platform !== 'win32') return LINUX;
  const roots = [environment['PROGRAMFILES'], environment['PROGRAMFILES(X86)'], environment['LOCALAPPDATA']];
  return roots.flatMap((root) => (root ? WINDOWS.map((path) => join(root, path)) : []));
}
