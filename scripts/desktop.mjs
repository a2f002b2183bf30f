/**
 * Whether `npm start` opens the desktop window, and how. Electron's package comes without its binary, because no install script runs; it is
 * fetched here at the first start that could show a window. A machine that cannot reach it is remembered, so that later starts do not wait.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runProgram } from './run.mjs';
import { projectNode, root } from './setup.mjs';

const PACKAGE = path.join(root, 'node_modules', 'electron');
const MARKER = path.join(root, 'node_modules', '.adgen-no-electron');
/** A machine without a way to the download is not waited for; one that has it may be slow. */
const REACH_MS = 4000;
const DOWNLOAD_MS = 600_000;

/** Splits what is meant for this file from what the program is told. `undefined`: not a start of the studio. */
export function desktopWish(args) {
  const rest = args.filter((word) => word !== '--desktop' && word !== '--browser');
  if (rest.length > 0 && rest[0] !== 'open') return undefined;
  const isBrowser = args.includes('--browser') || rest.some((word) => /^--(no-browser|port)(=|$)/.test(word)) || rest.includes('--help') || rest.includes('-h');
  return { isForced: args.includes('--desktop'), isBrowser, rest };
}

/** Resolves with the exit code of the window, or with undefined when there is none to be had, which has been said. */
export async function openDesktop({ isForced, rest }, say) {
  const reason = hasDisplay() ? undefined : 'there is no display';
  const electron = reason ? undefined : await findElectron(isForced, say);
  if (!electron) {
    say(`The desktop window is not shown (${reason ?? 'Electron cannot be downloaded here; "npm start -- open --desktop" tries again'}); the same studio runs in your browser.`);
    return undefined;
  }
  const built = await runProgram([path.join(root, 'scripts', 'dist', 'refresh-app.ts')]);
  if (built !== 0) return built;
  return await run(electron, [path.join(root, 'dist', 'app'), ...rest.filter((word) => word !== 'open')]);
}

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

async function findElectron(isForced, say) {
  const { version } = JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8'));
  if (binary()) return binary();
  if (!isForced && existsSync(MARKER) && readFileSync(MARKER, 'utf8') === version) return undefined;
  rmSync(MARKER, { force: true });
  if (await isReachable()) {
    say('Downloading Electron (once; about 110 MB) …');
    await run(projectNode, [path.join(PACKAGE, 'install.js')], { stdio: 'ignore', timeout: DOWNLOAD_MS });
  }
  if (!binary()) writeFileSync(MARKER, version);
  return binary();
}

/** Undefined while it is not there. */
function binary() {
  try {
    const file = path.join(PACKAGE, 'dist', readFileSync(path.join(PACKAGE, 'path.txt'), 'utf8').trim());
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined; // path.txt is written when the download is done
  }
}

async function isReachable() {
  try {
    await fetch(process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/electron/electron/releases/', { method: 'HEAD', signal: AbortSignal.timeout(REACH_MS) });
    return true;
  } catch {
    return false; // whatever the reason, it cannot be downloaded
  }
}

function run(file, args, options = { stdio: 'inherit' }) {
  return new Promise((resolve) => {
    const child = spawn(file, args, options);
    const end = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, end);
    child.on('error', () => resolve(1));
    child.on('exit', (code) => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, end);
      resolve(code ?? 1);
    });
  });
}
