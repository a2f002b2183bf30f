/** Shows something outside the studio: a file in the system's file manager, a page in the browser. Programs are started without a shell. */
import { stat } from 'node:fs/promises';
import { dirname, isAbsolute } from 'node:path';
import { execa } from 'execa';
import { AdgenError } from '#core/contract/errors.ts';

/** Hosts that the studio has links to. */
const ALLOWED_HOSTS: ReadonlySet<string> = new Set([
  'huggingface.co', 'github.com', 'www.comfy.org', 'docs.comfy.org', 'replicate.com', 'platform.openai.com', 'opensource.org', 'www.gnu.org', 'spdx.org',
]);

const PATIENCE_MS = 15_000;

type Run = (file: string, args: readonly string[]) => Promise<boolean>;

/** False when this machine has no program for it. */
const runProgram: Run = async (file, args) => {
  const { exitCode, timedOut } = await execa(file, args, { reject: false, stdio: 'ignore', timeout: PATIENCE_MS });
  return exitCode === 0 || timedOut === true; // what still runs after that shows the file
};

/** Without a desktop there is nothing that could show anything. */
export function hasDesktop(platform: NodeJS.Platform = process.platform, environment: NodeJS.ProcessEnv = process.env): boolean {
  return platform !== 'linux' || Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY']);
}

/** Which files may be shown is the engine's question; here only that it is one. Throws NOT_FOUND. */
export async function revealFile(path: string, run: Run = runProgram, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  if (!isAbsolute(path)) throw new AdgenError('BAD_INPUT', 'Only a whole path can be shown.');
  const found = await stat(path).catch(() => undefined); // whatever the reason, it cannot be shown
  if (!found) throw new AdgenError('NOT_FOUND', `The file is not there any more: ${path}. It was moved or deleted.`);
  if (platform === 'darwin') return await run('open', ['-R', path]);
  if (platform === 'win32') {
    await run('explorer.exe', [`/select,${path}`]); // answers 1 also when it worked
    return true;
  }
  return await run('xdg-open', [found.isDirectory() ? path : dirname(path)]);
}

/** Throws BAD_INPUT for any other address. */
export function checkExternalUrl(text: string): string {
  const url = URL.parse(text);
  const isAllowed = url !== null && url.protocol === 'https:' && url.username === '' && url.password === '' && (url.port === '' || url.port === '443') && ALLOWED_HOSTS.has(url.hostname);
  if (!isAllowed) throw new AdgenError('BAD_INPUT', 'The studio opens only https pages of its own list.');
  return url.href;
}

/** One of the studio's own links, in the browser. */
export async function openPage(text: string, run: Run = runProgram, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  const url = checkExternalUrl(text);
  if (platform === 'darwin') return await run('open', [url]);
  if (platform === 'win32') return await run('rundll32.exe', ['url.dll,FileProtocolHandler', url]);
  return await run('xdg-open', [url]);
}
