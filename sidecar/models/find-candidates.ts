/** All safetensors files below a folder, whoever's it is. Links to files are followed (Hugging Face's cache is made of them), links to folders are not. */
import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { provisionError } from '#sidecar/provision/failures.ts';
import type { SourceFile } from './recognise-file.ts';

/** Sorted by path. Folders that may not be read are passed over. Throws BAD_INPUT when `root` is no folder that can be read, and AbortError. */
export async function findCandidates(root: string, signal: AbortSignal): Promise<SourceFile[]> {
  const found: SourceFile[] = [];
  const folders = [root];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    signal.throwIfAborted();
    try {
      for await (const entry of await opendir(folder)) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) folders.push(path);
        else if (entry.name.toLowerCase().endsWith('.safetensors')) found.push(...(await sizeOf(path)));
      }
    } catch (error) {
      if (folder === root) throw provisionError('DISK_PATH', `${root} is no folder that can be read (${(error as NodeJS.ErrnoException).code ?? String(error)}).`, { data: { path: root }, cause: error });
      // somebody else's folder, or gone in this moment: the others are still worth looking at
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function sizeOf(path: string): Promise<SourceFile[]> {
  const found = await stat(path).catch(() => undefined); // a link to nothing
  return found?.isFile() ? [{ path, bytes: found.size }] : [];
}
