/**
 * `npm run test:electron`: the shell in Electron itself, by Playwright. Needs Electron's binary and a display (on Linux `xvfb-run`); where one
 * is missing it says so. Not part of `npm test`, which runs the same shell on a double of Electron.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { root } from '#scripts/checks/sources.ts';

const electron = join(root, 'node_modules', 'electron');
await execa(process.execPath, [join(electron, 'install.js')], { reject: false, stdio: 'ignore', timeout: 300_000 });
if (!existsSync(join(electron, 'path.txt'))) {
  process.stderr.write('Electron\'s binary cannot be downloaded from this machine (github.com, or the mirror in ELECTRON_MIRROR), so its tests were not run.\n');
  process.exitCode = 1;
} else {
  await execa(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'scripts', 'dist', 'refresh-app.ts')], { stdio: 'inherit' });
  const { exitCode } = await execa(process.execPath, [join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'test', '--config', join(root, 'tests', 'electron-real', 'playwright.config.ts'), ...process.argv.slice(2)], { reject: false, stdio: 'inherit' });
  process.exitCode = exitCode;
}
