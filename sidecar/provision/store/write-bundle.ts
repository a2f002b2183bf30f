/**
 * Writes a bundle from an installed engine. Every file is hashed as it is read and compared with the engine's lock, so a damaged engine
 * is never handed on. The file appears under its name only when it is whole.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { AdgenError } from '#core/contract/errors.ts';
import { loadCatalogue } from '#sidecar/models/catalogue.ts';
import { makeFolder } from '../make-folder.ts';
import { renamePatiently } from '../rename-patiently.ts';
import { requireSpace, withDiskErrors } from '../space.ts';
import type { BundleRequest } from '../types.ts';
import { CONTENT_FILE, engineEntry, homeOf, innerTarget, modelEntry } from './bundle-format.ts';
import type { BundleContent, BundledModel } from './bundle-format.ts';
import { readChoice } from './current-engine.ts';
import { bytesOf, readEngineLock } from './engine-lock.ts';
import type { EngineLock } from './engine-lock.ts';
import { newOperation } from './install.ts';
import { readOperation, removeOperation, writeOperation } from './operation-journal.ts';
import { withFolder } from './store-context.ts';
import type { StoreContext } from './store-context.ts';
import { storeError } from './store-errors.ts';
import { enginePaths } from './store-paths.ts';

type ModelSource = Omit<BundledModel, 'sha256'> & { readonly path: string; readonly sha256: string | null };

/** The same bytes for the same engine: zip cannot say "no date", and this is its earliest. */
const FIXED_DATE = new Date(1980, 0, 1);
/** Read at once; a small file gets a small buffer, because there are tens of thousands of them. */
const MOST_PIECE_BYTES = 1024 * 1024;

export async function writeBundle(context: StoreContext, request: BundleRequest): Promise<{ bytes: number; files: number }> {
  return await withFolder(context, async () => {
    const lock = await bundledEngine(context);
    const content = await describeEngine(lock);
    const models = await findModels(context.modelsDir, request.modelIds);
    const file = resolve(request.file);
    await makeFolder(dirname(file));
    const part = partOf(file);
    const open = await readOperation(context.paths.operation);
    const isOwn = open === undefined || open.op === 'bundle'; // an installation that was cut off shall still go on
    for (const path of [part, ...(open?.op === 'bundle' && open.bundlePath !== undefined ? [partOf(open.bundlePath)] : [])]) await rm(path, { force: true }); // of a bundle that was cut off
    await requireSpace([{ path: file, bytes: bytesOf(lock) + models.reduce((sum, { bytes }) => sum + bytes, 0) }], { reserveBytes: context.reserveBytes });
    if (isOwn) await writeOperation(context.paths.operation, { ...newOperation('bundle', lock.id, lock.variant, file), stage: 'bundle' });
    try {
      await withDiskErrors(file, () => pack({ lock, content, models, part, request }));
      await renamePatiently(part, file);
    } finally {
      await rm(part, { force: true });
      if (isOwn) await removeOperation(context.paths.operation);
    }
    return { bytes: (await stat(file)).size, files: lock.files.length + models.length };
  });
}

const partOf = (file: string): string => join(dirname(file), `.${basename(file).slice(0, 100)}.part`);

/** The managed engine in use. Throws NOT_BUNDLED for everything else. */
async function bundledEngine({ paths }: StoreContext): Promise<EngineLock> {
  const { current } = await readChoice(paths);
  if (current?.kind !== 'managed') throw storeError('NOT_BUNDLED', 'Only an engine that this program has installed can be bundled, and none is in use.');
  const lock = await readEngineLock(enginePaths(paths, current.engineId).lock);
  if (lock === undefined || lock.folder !== enginePaths(paths, current.engineId).folder) throw storeError('ENV_BROKEN', `The engine ${current.engineId} is not whole.`);
  return lock;
}

/** What another machine needs to know. Throws NOT_BUNDLED when the engine hangs on something outside of it. */
async function describeEngine(lock: EngineLock): Promise<Omit<BundleContent, 'models'>> {
  const { comfyVersion, fingerprint, variant, platform, files, folder } = lock;
  const links = lock.links.map((link) => ({ path: link.path, target: innerTarget(link, folder) ?? refuse(join(folder, link.path), link.target) }));
  const home = await homeOf(join(folder, 'python'));
  const pythonHome = home === undefined ? undefined : innerTarget({ path: 'pyvenv.cfg', target: home }, folder);
  return { format: 'adgen-bundle/1', comfyVersion, fingerprint, variant, platform, files, links, pythonHome: pythonHome ?? refuse(join(folder, 'python', 'pyvenv.cfg'), home ?? 'nothing') };
}

function refuse(path: string, target: string): never {
  throw storeError('NOT_BUNDLED', `"${path}" leads to "${target}", outside of the engine, so another machine could not use it.`, { action: 'Install the engine with its own Python, then make the bundle again.' });
}

async function findModels(modelsDir: string, ids: readonly string[]): Promise<ModelSource[]> {
  return await Promise.all([...new Set(ids)].map(async (id) => {
    const model = loadCatalogue().find((known) => known.id === id);
    if (model === undefined) throw new AdgenError('NOT_FOUND', `There is no model "${id}". See the list of models.`, { data: { reason: 'MODEL_UNKNOWN' } });
    const path = join(modelsDir, model.folder, model.file);
    const found = await stat(path).catch(() => undefined); // missing: said below
    if (!found?.isFile()) throw storeError('NOT_BUNDLED', `The model ${model.name} is not at "${path}".`, { action: `Fetch it first, or leave ${id} out.` });
    return { id, folder: model.folder, file: model.file, bytes: found.size, sha256: model.sha256, path };
  }));
}

interface Packing {
  readonly lock: EngineLock;
  readonly content: Omit<BundleContent, 'models'>;
  readonly models: readonly ModelSource[];
  readonly part: string;
  readonly request: BundleRequest;
}

async function pack({ lock, content, models, part, request }: Packing): Promise<void> {
  const { signal, onProgress } = request;
  const total = bytesOf(lock) + models.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const advance = (bytes: number): void => {
    done += bytes;
    onProgress?.({ stage: 'bundle', fraction: Math.min(1, done / Math.max(1, total)), note: 'Writing the bundle' });
  };
  const zip = new yazl.ZipFile();
  const output = zip.outputStream as NodeJS.ReadableStream & { destroy(error?: Error): void };
  zip.on('error', (error: Error) => output.destroy(error));
  const packed: BundledModel[] = [];
  for (const file of lock.files) {
    const mode = file.isExecutable ? 0o100755 : 0o100644;
    addHashed(zip, { path: join(lock.folder, file.path), name: engineEntry(file.path), bytes: file.bytes, mode }, advance, (sha256) => {
      if (sha256 !== file.sha256) throw storeError('ENV_BROKEN', `The engine ${lock.id} is damaged: "${file.path}" is not what was installed.`);
    });
  }
  for (const { path, sha256: wanted, ...model } of models) {
    addHashed(zip, { path, name: modelEntry(model), bytes: model.bytes, mode: 0o100644 }, advance, (sha256) => {
      if (wanted !== null && sha256 !== wanted) throw storeError('NOT_BUNDLED', `The model at "${path}" is damaged.`, { action: 'Fetch it again, then make the bundle again.' });
      packed.push({ ...model, sha256 });
    });
  }
  // Last, because only now all hashes are known.
  zip.addReadStreamLazy(CONTENT_FILE, { mtime: FIXED_DATE, mode: 0o100644, compress: false, forceDosTimestamp: true }, (take) => take(null, Readable.from([Buffer.from(JSON.stringify({ ...content, models: packed } satisfies BundleContent))])));
  zip.end();
  await pipeline(output, createWriteStream(part, { flags: 'wx', flush: true, highWaterMark: MOST_PIECE_BYTES }), { signal });
}

interface Addition {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly mode: number;
}

/** `check` gets the hash when the file was read to its end; what it throws ends the bundle. */
function addHashed(zip: yazl.ZipFile, { path, name, bytes, mode }: Addition, advance: (bytes: number) => void, check: (sha256: string) => void): void {
  zip.addReadStreamLazy(name, { size: bytes, mtime: FIXED_DATE, mode, compress: false, forceDosTimestamp: true }, (take) => {
    const hash = createHash('sha256');
    const hashing = new Transform({
      transform(chunk: Buffer, _encoding, pass) {
        hash.update(chunk);
        advance(chunk.length);
        pass(null, chunk);
      },
      flush(pass) {
        try {
          check(hash.digest('hex'));
          pass();
        } catch (error) {
          pass(error as Error);
        }
      },
    });
    const source = createReadStream(path, { highWaterMark: Math.min(MOST_PIECE_BYTES, Math.max(1, bytes)) });
    source.on('error', (error) => hashing.destroy(error));
    hashing.on('error', (error) => zip.emit('error', error)); // yazl does not listen to streams that it is given
    take(null, source.pipe(hashing));
  });
}
