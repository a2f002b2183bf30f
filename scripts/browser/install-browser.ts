/** Gets a Chromium onto a machine that has none, for the tests only: Playwright's own, else the system's package manager. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { findBrowser } from './find-browser.ts';

type Command = readonly [string, ...string[]];

/** Does nothing when there is one. Throws with what was tried and what to do. */
export async function installBrowser(say: (line: string) => void): Promise<void> {
  if (findBrowser()) return;
  const failures: string[] = [];
  for (const commands of ways()) {
    say(`Getting a browser for the tests: ${commands.at(-1)?.join(' ')}`);
    failures.push(...(await runAll(commands)));
    if (findBrowser()) return;
  }
  throw new Error(`The tests need a Chromium and none could be installed (${failures.join('; ')}). Install chromium or Google Chrome, or set ADGEN_CHROMIUM to one, and run the tests again.`);
}

function ways(): Command[][] {
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js');
  const playwright: Command[] = [[process.execPath, cli, 'install', 'chromium-headless-shell', 'chromium']];
  if (process.platform !== 'linux') return [playwright];
  const root: Command = process.getuid?.() === 0 ? ['env'] : ['sudo', '-n', 'env'];
  const apt = (...args: string[]): Command => [...root, 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
  return [[apt('update', '-q'), apt('install', '-y', '--no-install-recommends', 'chromium')], playwright];
}

async function runAll(commands: readonly Command[]): Promise<string[]> {
  for (const [file, ...args] of commands) {
    const result = await execa(file, args, { reject: false, all: true, stdin: 'ignore', timeout: 10 * 60_000 });
    if (result.exitCode !== 0) return [`${args.slice(-3).join(' ')}: ${result.all?.split('\n').at(-1) ?? result.shortMessage}`];
  }
  return [];
}
