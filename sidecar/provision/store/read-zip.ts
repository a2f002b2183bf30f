/** A zip file as a list of entries, each unpacked to a file while it is hashed. Damaged ones fail in one sentence. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import { isInsidePath } from './file-list.ts';

export interface ZipFileEntry {
  readonly path: string;
  readonly bytes: number;
  readonly raw: yauzl.Entry;
}

export interface ZipReader {
  /** Files; folders are left out. Every path stays inside. */
  readonly entries: ReadonlyMap<string, ZipFileEntry>;
  readText(entry: ZipFileEntry, mostBytes: number): Promise<string>;
  /** Writes a new file and returns its hash. */
  extract(entry: ZipFileEntry, target: string, signal: AbortSignal): Promise<{ sha256: string }>;
  close(): void;
}

/** An engine with PyTorch has some 40 000 files. */
const MOST_ENTRIES = 400_000;
/** Largest single file: the library of a GPU's kernels or a model's weights. */
const MOST_BYTES = 200 * 1024 ** 3;

/** Throws whatever `fault` makes of a sentence: what is damaged differs from user to user of this. */
export async function openZip(path: string, fault: (sentence: string, cause?: unknown) => Error): Promise<ZipReader> {
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }).catch((error: Error) => {
    throw fault(`"${path}" cannot be read as a zip file: ${error.message}.`, error);
  });
  try {
    return { entries: await listEntries(zip, path, fault), ...readers(zip), close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function listEntries(zip: yauzl.ZipFile, path: string, fault: (sentence: string, cause?: unknown) => Error): Promise<Map<string, ZipFileEntry>> {
  const entries = new Map<string, ZipFileEntry>();
  try {
    for await (const raw of zip.eachEntry()) {
      if (raw.fileName.endsWith('/')) continue;
      if (!isInsidePath(raw.fileName)) throw new Error(`it holds "${raw.fileName}", which leads out of its folder`);
      if (entries.has(raw.fileName)) throw new Error(`it holds "${raw.fileName}" twice`);
      if (entries.size >= MOST_ENTRIES || raw.uncompressedSize > MOST_BYTES) throw new Error('it is larger than anything of ours');
      entries.set(raw.fileName, { path: raw.fileName, bytes: raw.uncompressedSize, raw });
    }
  } catch (error) {
    throw fault(`"${path}" is damaged: ${(error as Error).message}.`, error);
  }
  return entries;
}

function readers(zip: yauzl.ZipFile): Pick<ZipReader, 'readText' | 'extract'> {
  return {
    async readText(entry, mostBytes) {
      if (entry.bytes > mostBytes) throw new Error(`"${entry.path}" is larger than ${mostBytes} bytes`);
      const chunks: Buffer[] = [];
      for await (const chunk of (await zip.openReadStreamPromise(entry.raw)) as AsyncIterable<Buffer>) chunks.push(chunk);
      return Buffer.concat(chunks).toString('utf8');
    },
    async extract(entry, target, signal) {
      const hash = createHash('sha256');
      const hashing = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          hash.update(chunk);
          done(null, chunk);
        },
      });
      await pipeline(await zip.openReadStreamPromise(entry.raw), hashing, createWriteStream(target, { flags: 'wx' }), { signal });
      return { sha256: hash.digest('hex') };
    },
  };
}
