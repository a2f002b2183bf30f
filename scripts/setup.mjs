/**
 * First-use setup, in plain JavaScript for whatever Node (20 or newer) is on the machine: installs the locked packages and the
 * project's own Node 24. A finished setup leaves a marker with the lock file's hash, so later starts cost one file read; an
 * interrupted one leaves none and is simply done again. Talks on stderr only: stdout belongs to the program.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const modules = path.join(root, 'node_modules');
const marker = path.join(modules, '.adgen-setup');
const isWindows = process.platform === 'win32';

/** The project's own Node 24. */
export const projectNode = path.join(modules, 'node', 'bin', isWindows ? 'node.exe' : 'node');

/** Makes sure that packages and Node 24 are installed; does nothing when they are. */
export async function ensureSetup() {
  assertNodeVersion();
  const wanted = fingerprint();
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted && existsSync(projectNode)) return;
  say('AdGen Studio sets itself up (once; about a minute).');
  rmSync(marker, { force: true });
  await installPackages();
  await installNode();
  writeFileSync(`${marker}.part`, wanted);
  renameSync(`${marker}.part`, marker);
  say('Setup is done.');
}

function assertNodeVersion() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 20) return;
  say(`AdGen Studio needs Node 20 or newer to start; this is ${process.version}. Install it from your package manager and run the command again.`);
  process.exit(2);
}

function fingerprint() {
  const lock = readFileSync(path.join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform} ${process.arch}\n`;
}

/** No install script of any package runs: none is needed, and some would download from places that may be out of reach. */
async function installPackages() {
  const expected = Object.keys(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages).length;
  const stop = showProgress('Installing packages', () => Math.min(0.99, countPackages() / (expected * 0.8)));
  const { code, output } = await runQuietly('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], root);
  stop();
  if (code === 0) return;
  say(output);
  say('The packages could not be installed. Check that the npm registry can be reached and that the disk has 2 GB free, then run the same command again.');
  process.exit(1);
}

/** The npm package `node` carries Node itself; this is the step that its own install script would do. */
async function installNode() {
  const stop = showProgress('Installing Node 24', undefined);
  const { code, output } = await runQuietly(process.execPath, ['installArchSpecificPackage.js'], path.join(modules, 'node'));
  stop();
  if (code === 0 && existsSync(projectNode)) return linkNode();
  say(output);
  say('Node 24 could not be installed from the npm registry. Check the connection and run the same command again.');
  process.exit(1);
}

/** Where `npx node` and scripts look for it; npm makes this link only when a package's own scripts run. */
function linkNode() {
  const link = path.join(modules, '.bin', 'node');
  if (isWindows || existsSync(link)) return;
  symlinkSync(path.join('..', 'node', 'bin', 'node'), link);
}

function countPackages() {
  try {
    return readdirSync(modules).reduce((sum, name) => sum + (name.startsWith('@') ? readdirSync(path.join(modules, name)).length : 1), 0);
  } catch {
    return 0; // npm has not made the folder yet
  }
}

function runQuietly(command, args, cwd) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, shell: isWindows, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output = (output + chunk).slice(-20_000)));
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** A bar on a terminal, one line at the start and the end otherwise. */
function showProgress(label, fraction) {
  if (!process.stderr.isTTY) {
    say(`${label} …`);
    return () => say(`${label}: done`);
  }
  const draw = () => {
    const part = fraction?.();
    const bar = part === undefined ? '' : ` ${'█'.repeat(Math.round(part * 24)).padEnd(24, '░')} ${Math.round(part * 100)} %`;
    process.stderr.write(`\r\x1b[K${label}${bar}`);
  };
  const timer = setInterval(draw, 200);
  draw();
  return () => {
    clearInterval(timer);
    process.stderr.write(`\r\x1b[K${label}: done\n`);
  };
}

function say(text) {
  process.stderr.write(`${text}\n`);
}
