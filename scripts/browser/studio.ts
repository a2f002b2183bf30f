/**
 * The studio as a user starts it: `adgen open` as a process on a data folder of its own, its engine below it, and a real browser on its
 * page. Nothing is replaced. Whatever the page throws or logs as an error fails the test that closes it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { launchBrowser } from './launch.ts';
import { childrenOf } from '../child-processes.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Tests share the machine with films being encoded; whoever waits longer has found a fault. */
const PATIENCE_MS = 120_000;

export interface Studio {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly url: string;
  readonly folder: string;
  /** Process ids of the engine at this moment. */
  enginePids(): number[];
  /** Ends the engine process as a crash would. */
  killEngine(): void;
  /** The process that a user would end with Ctrl-C; it watches the engine. */
  readonly hostPid: number;
  /** Requests of the page to anything but the studio's own server. */
  readonly strangers: string[];
  /** What the page complained about so far. */
  readonly complaints: string[];
  /** Fails when the page has complained. */
  close(): Promise<void>;
}

export interface StudioOptions {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'dark' | 'light';
  /** A data folder that is there already; it is not removed then. */
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts host, engine and browser, and waits for the first screen. */
export async function openStudio(options: StudioOptions = {}): Promise<Studio> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'adgen-e2e-')));
  const host = await startHost(folder, options.env ?? {});
  const complaints: string[] = [];
  const browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width: options.width ?? 1280, height: options.height ?? 800 }, colorScheme: options.colorScheme ?? 'dark', acceptDownloads: true });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  page.on('pageerror', (error) => complaints.push(`the page threw: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isAboutLostLine(message.text())) complaints.push(`the page logged: ${message.text()}`);
  });
  await context.addInitScript(REPORT_VIOLATIONS);
  const strangers: string[] = [];
  const { host: own } = new URL(host.url);
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!['blob:', 'data:'].includes(url.protocol) && url.host !== own) strangers.push(request.url());
  });
  await page.goto(host.url);
  await page.getByRole('navigation', { name: 'Studio' }).waitFor();
  return {
    page, context, folder, complaints, strangers,
    url: host.url,
    hostPid: host.process.pid ?? 0,
    enginePids: () => enginesOf(host.process.pid ?? 0),
    killEngine: () => enginesOf(host.process.pid ?? 0).forEach((pid) => process.kill(pid, 'SIGKILL')),
    close: () => closeAll(browser, host.process, options.folder ? undefined : folder, complaints),
  };
}

/** What the content policy refuses is an error, also where the page's code swallows it. */
export const REPORT_VIOLATIONS = `document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber, columnNumber }) => {
  console.error(\`content policy: \${violatedDirective} refused \${blockedURI} at \${sourceFile}:\${lineNumber}:\${columnNumber}\`);
});`;

/** The browser itself writes that a socket or a request was refused while the engine is down; that is the test's doing. */
function isAboutLostLine(text: string): boolean {
  return /WebSocket connection to|net::ERR_|Failed to load resource/.test(text);
}

function enginesOf(hostPid: number): number[] {
  return childrenOf(hostPid).filter(({ command }) => command.includes('process-entry')).map(({ pid }) => pid);
}

async function startHost(folder: string, env: Readonly<Record<string, string>>): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(ROOT, 'cli', 'main.ts'), 'open', '--no-browser', '--data', folder], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_ENV: undefined, VITEST: undefined, ADGEN_ENGINE_DIR: join(folder, 'engine'), ...env } });
  let errors = '';
  child.stderr.on('data', (chunk) => (errors = (errors + String(chunk)).slice(-4000)));
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
      const address = /http:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(output)?.[0];
      if (address) resolve(address);
    });
    child.once('exit', (code) => reject(new Error(`the studio ended with code ${code}: ${errors}`)));
  });
  return { process: child, url };
}

async function closeAll(browser: Browser, host: ChildProcess, folder: string | undefined, complaints: readonly string[]): Promise<void> {
  await browser.close();
  const ended = new Promise((resolve) => host.once('exit', resolve));
  if (host.exitCode === null && host.signalCode === null) {
    host.kill('SIGINT');
    await ended;
  }
  if (folder) await rm(folder, { recursive: true, force: true });
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
}
