/** A ZIP file as data: names and bounded contents. A thin promise face over yauzl; damaged files become BAD_INPUT. */
import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Transform } from 'node:stream';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import { AdgenError } from '#core/contract/errors.ts';
import { quoteFileName } from '#engine/cutout/ingest/quote-file-name.ts';
import { withDiskErrors } from '#engine/storage/disk-errors.ts';

/** A delivery has a few dozen files. */
const MAX_ENTRIES = 2000;

export interface ZipEntry {
  readonly name: string;
  readonly raw: yauzl.Entry;
}

export interface OpenZip {
  readonly entries: readonly ZipEntry[];
  readBytes(entry: ZipEntry, maxBytes: number): Promise<Uint8Array>;
  /** Writes the entry to a new file. */
  extract(entry: ZipEntry, path: string, maxBytes: number): Promise<void>;
  close(): Promise<void>;
}

/** Throws BAD_INPUT when the file is missing, damaged or no ZIP. */
export async function openZip(path: string): Promise<OpenZip> {
  const name = basename(path);
  const found = await stat(path).catch(() => undefined); // missing, whatever the reason
  if (!found?.isFile()) throw new AdgenError('BAD_INPUT', `The delivery ${quoteFileName(path)} ${found ? 'is not a file; name the ZIP itself' : 'does not exist; check the path'}.`);
  const damaged = (cause: unknown): AdgenError => (cause instanceof AdgenError ? cause : new AdgenError('BAD_INPUT', `"${name}" cannot be read as a ZIP file: ${(cause as Error).message}. Ask for the delivery again.`, { cause }));
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }).catch((cause: unknown) => {
    throw damaged(cause);
  });
  const entries = await listEntries(zip, name).catch((cause: unknown) => {
    zip.close();
    throw damaged(cause);
  });
  const stream = async (entry: ZipEntry, maxBytes: number): Promise<Readable> => {
    if (entry.raw.uncompressedSize > maxBytes) throw new AdgenError('BAD_INPUT', `"${name}" holds a file of ${entry.raw.uncompressedSize} bytes, which no delivery has.`);
    return zip.openReadStreamPromise(entry.raw);
  };
  return {
    entries,
    async readBytes(entry, maxBytes) {
      const chunks: Uint8Array[] = [];
      try {
        for await (const chunk of (await stream(entry, maxBytes)).pipe(bounded(maxBytes))) chunks.push(chunk as Uint8Array);
      } catch (cause) {
        throw damaged(cause);
      }
      return Buffer.concat(chunks);
    },
    async extract(entry, target, maxBytes) {
      try {
        await withDiskErrors(target, async () => pipeline(await stream(entry, maxBytes), bounded(maxBytes), createWriteStream(target, { flags: 'wx' })));
      } catch (cause) {
        await rm(target, { force: true });
        throw damaged(cause);
      }
    },
    async close() {
      zip.close();
    },
  };
}

async function listEntries(zip: yauzl.ZipFile, name: string): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  for await (const raw of zip.eachEntry()) {
    entries.push({ name: raw.fileName, raw });
    if (entries.length > MAX_ENTRIES) throw new AdgenError('BAD_INPUT', `"${name}" holds more than ${MAX_ENTRIES} files; no delivery does.`);
  }
  return entries;
}

/** The declared size may lie: what comes out is counted. */
function bounded(maxBytes: number): Transform {
  let seen = 0;
  return new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      seen += chunk.byteLength;
      if (seen > maxBytes) done(new Error('a file in it unpacks to more than it may'));
      else done(null, chunk);
    },
  });
}
