/** Unpacks an archive whose content is all in one folder, as GitHub makes them; that folder's name is left out. */
import { dirname, join } from 'node:path';
import { makeFolder } from '../make-folder.ts';
import { openZip } from './read-zip.ts';
import { storeError } from './store-errors.ts';

/** Fills `target`. Throws SOURCE_BROKEN for a damaged archive, and what the disk says. */
export async function unpackSource(archive: string, innerFolder: string, target: string, options: { signal: AbortSignal; onProgress(fraction: number): void }): Promise<void> {
  const { signal, onProgress } = options;
  const broken = (sentence: string, cause?: unknown): Error => storeError('SOURCE_BROKEN', sentence, { cause });
  const zip = await openZip(archive, broken);
  try {
    await makeFolder(target); // also for an archive without any file, which the digest then refuses
    const prefix = `${innerFolder}/`;
    let done = 0;
    for (const entry of zip.entries.values()) {
      if (!entry.path.startsWith(prefix)) throw broken(`"${archive}" holds "${entry.path}", which is not ComfyUI's.`);
      const place = join(target, entry.path.slice(prefix.length));
      await makeFolder(dirname(place));
      await zip.extract(entry, place, signal).catch((error: NodeJS.ErrnoException) => {
        signal.throwIfAborted();
        throw /^E[A-Z]/.test(error.code ?? '') ? error : broken(`"${archive}" is damaged: ${error.message}.`, error);
      });
      done += 1;
      onProgress(done / zip.entries.size);
    }
  } finally {
    zip.close();
  }
}
