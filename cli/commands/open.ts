/** `adgen open` (what plain `npm start` does): serves the studio on loopback and opens a browser on it. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { execa } from 'execa';
import { serializeError } from '#core/contract/errors.ts';
import { serveEngine } from '#engine/host/serve-engine.ts';
import { defaultDataDir, readSettings } from '#engine/settings.ts';
import { usage } from '../parse-options.ts';
import { printNote, printResult } from '../terminal.ts';

interface OpenOptions {
  readonly port: string;
  readonly browser: boolean;
  readonly data?: string;
}

export function addOpenCommand(program: Command): void {
  program
    .command('open')
    .description('open the studio (the default command)')
    .option('--port <n>', 'port on 127.0.0.1; 0 = any free one', '0')
    .option('--no-browser', 'only print the address')
    .option('--data <dir>', 'where projects and artifacts are kept')
    .action((options: OpenOptions) => open(options));
}

async function open(options: OpenOptions): Promise<void> {
  const port = /^\d{1,5}$/.test(options.port) ? Number(options.port) : Number.NaN;
  if (!(port <= 65_535)) throw usage(`--port takes a number from 0 to 65535, not "${options.port}".`);
  const settings = await readSettings(resolve(options.data ?? defaultDataDir()));
  const serving = await serveEngine(settings, port, (error) => printNote(serializeError(error).message));
  serving.engine.notices.forEach(printNote);
  printNote('The desktop window is not part of this version; the studio page runs in your browser. Ctrl-C ends it.');
  printResult(serving.host.url);
  if (options.browser) await openBrowser(serving.host.url);
  await interrupted();
  await serving.close();
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}

/** On a machine without a desktop there is nothing to open; the address has been printed. */
async function openBrowser(url: string): Promise<void> {
  const isHeadless = process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
  if (isHeadless) return;
  const [file, ...args] = process.platform === 'darwin' ? ['open', url] : process.platform === 'win32' ? ['cmd', '/c', 'start', '', url] : ['xdg-open', url];
  const result = await execa(file ?? '', args, { reject: false, stdio: 'ignore', timeout: 10_000 });
  if (result.exitCode !== 0) printNote('No browser could be opened; open the address yourself.');
}
