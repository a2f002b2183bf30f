/**
 * `adgen open` (what plain `npm start` does): serves the studio on loopback and opens a browser on it. This process is the host:
 * the engine runs in a child process, which is replaced when it crashes.
 */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { execa } from 'execa';
import { createNodeHost } from '#engine/host/node-host-tools.ts';
import { nodeStarter } from '#engine/host/node-starter.ts';
import { superviseEngine } from '#engine/host/supervise-engine.ts';
import { defaultDataDir } from '#engine/settings.ts';
import { buildRenderer } from '../build-renderer.ts';
import { comfyUrlOf } from '../engine-options.ts';
import type { EngineChoice } from '../engine-options.ts';
import { listenForInterrupts } from '../listen-for-interrupts.ts';
import { usage } from '../parse-options.ts';
import { printNote, printResult } from '../terminal.ts';

interface OpenOptions extends Pick<EngineChoice, 'comfyUrl'> {
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
    .option('--comfy-url <url>', 'use this running ComfyUI; it is never stopped')
    .option('--data <dir>', 'where projects and artifacts are kept')
    .action((options: OpenOptions) => open(options));
}

async function open(options: OpenOptions): Promise<void> {
  const port = /^\d{1,5}$/.test(options.port) ? Number(options.port) : Number.NaN;
  if (!(port <= 65_535)) throw usage(`--port takes a number from 0 to 65535, not "${options.port}".`);
  await buildRenderer(printNote);
  const interrupt = Promise.withResolvers<void>();
  // At a second Ctrl-C the engine notices that its host is gone and closes by itself.
  listenForInterrupts(interrupt.resolve);
  const dataDir = resolve(options.data ?? defaultDataDir());
  const fixedUrl = comfyUrlOf(options);
  const host = await createNodeHost({ dataDir, onNote: printNote, ...(fixedUrl === undefined ? {} : { fixedUrl }) });
  const engine = await superviseEngine(nodeStarter, { dataDir, port, onNote: printNote, sidecar: host.sidecar, hostTools: host.tools }).catch(async (error: unknown) => {
    await host.close();
    throw error;
  });
  try {
    printNote('The studio runs in your browser. Ctrl-C ends it.');
    printResult(engine.url);
    if (options.browser) await openBrowser(engine.url);
    await Promise.race([interrupt.promise, engine.ended]);
  } finally {
    await engine.dispose();
    await host.close();
  }
}

/** On a machine without a desktop there is nothing to open; the address has been printed. */
async function openBrowser(url: string): Promise<void> {
  const isHeadless = process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
  if (isHeadless) return;
  const [file, ...args] = process.platform === 'darwin' ? ['open', url] : process.platform === 'win32' ? ['cmd', '/c', 'start', '', url] : ['xdg-open', url];
  const result = await execa(file ?? '', args, { reject: false, stdio: 'ignore', timeout: 10_000 });
  if (result.exitCode !== 0) printNote('No browser could be opened; open the address yourself.');
}
