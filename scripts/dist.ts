/**
 * `npm run dist`: the desktop application for this machine's system and architecture, in `dist/packages`. Builds the page and the program,
 * proves that the bundled engine makes an advert, then packs it with Electron's binary.
 *
 *   --bundle-only   ends before Electron is needed
 *   --dir-only      an unpacked folder instead of an installer
 *   --no-proof      leaves the advert out
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { buildRenderer } from '#cli/build-renderer.ts';
import { staticFfmpegPath } from '#engine/compositing/ffmpeg/static-ffmpeg-path.ts';
import { root } from './checks/sources.ts';
import { bundleApp } from './dist/bundle-app.ts';
import { proveBundle } from './dist/prove-bundle.ts';

const flags = new Set(process.argv.slice(2));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

process.exitCode = await main();

async function main(): Promise<number> {
  const unknown = [...flags].find((flag) => !['--bundle-only', '--dir-only', '--no-proof'].includes(flag));
  if (unknown !== undefined) return refuse(`There is no option ${unknown}; see the top of scripts/dist.ts.`, 2);
  await buildRenderer(say);
  const scripts = await bundleApp();
  say(`Bundled ${scripts.length} scripts into dist/app.`);
  if (!flags.has('--no-proof')) say(await proveBundle());
  if (flags.has('--bundle-only')) return 0;
  const missing = (await getElectron()) ?? (await getFfmpeg());
  if (missing !== undefined) return refuse(`${missing} Everything up to that is in dist/app.`, 1);
  return await pack();
}

async function getElectron(): Promise<string | undefined> {
  await execa(process.execPath, [join(root, 'node_modules', 'electron', 'install.js')], { reject: false, stdio: 'ignore', timeout: 300_000 });
  return existsSync(join(root, 'node_modules', 'electron', 'dist', 'version')) ? undefined : 'Electron\'s binary cannot be downloaded from this machine (github.com, or the mirror in ELECTRON_MIRROR), so no installer was made.';
}

/** The packed program brings its own ffmpeg. */
async function getFfmpeg(): Promise<string | undefined> {
  const path = staticFfmpegPath();
  if (path === undefined) return 'The package ffmpeg-static is not installed, so no installer was made. Install it with "npm ci --include=optional --ignore-scripts".';
  if (!existsSync(path)) await execa(process.execPath, [join(root, 'node_modules', 'ffmpeg-static', 'install.js')], { reject: false, stdio: 'ignore', timeout: 300_000 });
  return existsSync(path) ? undefined : 'ffmpeg cannot be downloaded from this machine (github.com), so no installer was made.';
}

async function pack(): Promise<number> {
  const { build } = await import('electron-builder');
  const made = await build({ projectDir: root, config: 'electron-builder.yml', publish: 'never', dir: flags.has('--dir-only') });
  say(made.length === 0 ? 'Packed into dist/packages.' : `Packed:\n${made.map((path) => `  ${path}`).join('\n')}`);
  return 0;
}

function refuse(sentence: string, exitCode: number): number {
  process.stderr.write(`${sentence}\n`);
  return exitCode;
}
