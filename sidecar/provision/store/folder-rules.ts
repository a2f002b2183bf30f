/**
 * Where engines may live. A synced folder loses files under ComfyUI's hands, an update of this program replaces its own folder, and
 * Windows still ends paths at 260 characters. Said before anything is fetched.
 */
import { randomUUID } from 'node:crypto';
import { realpath, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join, posix, resolve, win32 } from 'node:path';
import { provisionError } from '../failures.ts';
import { makeFolder } from '../make-folder.ts';
import { withDiskErrors } from '../space.ts';

export interface FolderContext {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where this program itself is installed. */
  readonly programFolder: string;
}

/** The deepest file of an engine with PyTorch for CUDA is 132 characters below the engine's folder. */
const MOST_WINDOWS_CHARACTERS = 119;

const SYNCED: readonly (readonly [RegExp, string])[] = [
  [/^OneDrive(?: - .+)?$/i, 'OneDrive'],
  [/^Dropbox(?: \(.+\))?$/i, 'Dropbox'],
  [/^(?:Google ?Drive(?:-.+)?|My Drive)$/i, 'Google Drive'],
  [/^(?:iCloud ?Drive|com~apple~CloudDocs|Mobile Documents)$/i, 'iCloud'],
  [/^CloudStorage$/, 'a cloud service'],
  [/^(?:Nextcloud|MEGAsync|pCloud ?Drive|Box Sync)$/i, 'a cloud service'],
];
const ONE_DRIVE = ['OneDrive', 'OneDriveConsumer', 'OneDriveCommercial'];

/** One sentence why engines cannot live there; undefined when they can. Pure. */
export function folderFault(folder: string, { platform, env, programFolder }: FolderContext): string | undefined {
  const { sep, relative, isAbsolute } = platform === 'win32' ? win32 : posix;
  const isWithin = (outer: string): boolean => {
    const way = relative(outer, folder);
    return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
  };
  if (/[\0-\x1f\x7f]/.test(folder)) return `The folder "${folder.replaceAll(/[\0-\x1f\x7f]/g, '?')}" has a control character in its name, which ComfyUI cannot read.`;
  if (platform === 'win32' && /^(?:\\\\|\/\/)(?![?.][\\/])/.test(folder)) return `"${folder}" is on a network drive, which is too slow and may vanish.`;
  const synced = folder.split(/[\\/]/).flatMap((name) => SYNCED.find(([pattern]) => pattern.test(name))?.[1] ?? [])[0]
    ?? (ONE_DRIVE.some((name) => env[name] && isWithin(env[name])) ? 'OneDrive' : undefined);
  if (synced !== undefined) return `"${folder}" is synced by ${synced} and may lose files.`;
  if (isWithin(programFolder)) return `"${folder}" is inside this program's own folder, which an update replaces.`;
  if (platform === 'win32' && folder.length > MOST_WINDOWS_CHARACTERS) return `"${folder}" has ${folder.length} characters; with more than ${MOST_WINDOWS_CHARACTERS}, files of the engine are out of Windows' reach.`;
  return undefined;
}

/** Kinds of Linux file systems that are a network: NFS, SMB, CIFS, SMB2, AFS, 9P, Ceph. */
const NETWORK_TYPES = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x01021997, 0x00c36400]);

/** Makes the folder and proves that it can be written. Throws DISK_PATH, DISK_READ_ONLY or DISK_FULL. */
export async function prepareFolder(folder: string, context: FolderContext): Promise<void> {
  refuse(folderFault(resolve(folder), context));
  refuse(folderFault(await realPathOf(resolve(folder)), context)); // a link may lead into a synced folder
  await makeFolder(folder);
  if (context.platform === 'linux' && NETWORK_TYPES.has((await statfs(folder)).type)) refuse(`"${folder}" is on a network drive, which is too slow and may vanish.`);
  const probe = join(folder, `.writable-${randomUUID().slice(0, 8)}`);
  await withDiskErrors(folder, async () => {
    try {
      await writeFile(probe, 'x');
    } finally {
      await rm(probe, { force: true });
    }
  });
}

function refuse(fault: string | undefined): void {
  if (fault !== undefined) throw provisionError('DISK_PATH', fault, { action: 'Choose another folder for the engine (ADGEN_ENGINE_DIR).' });
}

/** With links followed as far as the path exists. */
async function realPathOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || dirname(path) === path) return path; // hidden or looping: making the folder says what is wrong
    return join(await realPathOf(dirname(path)), path.slice(dirname(path).length));
  }
}
