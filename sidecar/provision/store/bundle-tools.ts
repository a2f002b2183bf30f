/**
 * Installs from a bundle: the same deeds as with the network, but everything is unpacked and nothing is fetched. Every file is compared
 * with the hash in the bundle's list, and nothing that the list does not name is looked at.
 */
import { chmod, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../make-folder.ts';
import { renamePatiently } from '../rename-patiently.ts';
import { formatBytes } from '../space.ts';
import { CONTENT_FILE, bundleSchema, engineEntry, isInnerLink, modelEntry, withHome } from './bundle-format.ts';
import type { BundleContent, BundledModel } from './bundle-format.ts';
import type { DeedContext, InstallPlaces, InstallTools } from './install-tools.ts';
import { openZip } from './read-zip.ts';
import type { ZipFileEntry, ZipReader } from './read-zip.ts';
import type { OpenTools } from './store-context.ts';
import { storeError } from './store-errors.ts';
import type { EnginePart } from './store-paths.ts';

/** A list of 40 000 files is 8 MB. */
const MOST_LIST_BYTES = 256 * 1024 ** 2;

interface Bundle {
  readonly file: string;
  readonly zip: ZipReader;
  readonly content: BundleContent;
}

/** `machine` looks at this machine and tests the result, as always. Throws BUNDLE_BROKEN. */
export async function openBundleTools(file: string, machine: Pick<InstallTools, 'platform' | 'selfTest'>): Promise<OpenTools> {
  const found = await stat(file).catch(() => undefined); // missing: said at once
  if (!found?.isFile()) throw storeError('BUNDLE_BROKEN', `There is no bundle at "${file}".`, { action: 'Check the path.' });
  const zip = await openZip(file, (sentence, cause) => storeError('BUNDLE_BROKEN', sentence, { cause }));
  try {
    return { tools: bundleTools({ file, zip, content: await readContent(file, zip) }, machine), close: zip.close };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function readContent(file: string, zip: ZipReader): Promise<BundleContent> {
  const broken = (what: string, cause?: unknown): Error => storeError('BUNDLE_BROKEN', `The bundle "${file}" ${what}.`, { cause });
  const entry = zip.entries.get(CONTENT_FILE);
  if (entry === undefined) throw broken('has no list of its files, so it is none of ours');
  const text = await zip.readText(entry, MOST_LIST_BYTES).catch((error: unknown) => {
    throw broken('has a list of files that cannot be read', error);
  });
  const parsed = bundleSchema.safeParse(toJson(text));
  if (!parsed.success) throw broken(`has a list of files with a fault (${parsed.error.issues[0]?.path.join('.') ?? ''}: ${parsed.error.issues[0]?.message ?? ''})`);
  const content = parsed.data;
  const isPart = ({ path }: { path: string }): boolean => /^(?:base|python|comfy)\//.test(path);
  const strayLink = content.links.find((link) => !isPart(link) || !isInnerLink(link));
  if (strayLink !== undefined) throw broken(`holds the link "${strayLink.path}", which leads out of the engine`);
  const listed = [...content.files.map((item) => ({ ...item, entry: engineEntry(item.path) })), ...content.models.map((model) => ({ ...model, path: modelEntry(model), entry: modelEntry(model) }))];
  const wrong = listed.find((item) => zip.entries.get(item.entry)?.bytes !== item.bytes || (item.entry.startsWith('engine/') && !isPart(item)));
  if (wrong !== undefined) throw broken(`does not hold "${wrong.path}" as its list says`);
  return content;
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the schema says that it is none
  }
}

function bundleTools(bundle: Bundle, machine: Pick<InstallTools, 'platform' | 'selfTest'>): InstallTools {
  const { content, file } = bundle;
  return {
    platform: machine.platform,
    async plan({ variant }) {
      const here = machine.platform();
      if (content.platform !== here) throw storeError('BUNDLE_FOREIGN', `The bundle "${file}" is for ${content.platform}; this machine is ${here}.`);
      if (variant !== undefined && variant !== content.variant) throw storeError('BUNDLE_FOREIGN', `The bundle "${file}" holds the variant ${content.variant}, not ${variant}.`);
      const bytesIn = (items: readonly { bytes: number }[]): number => items.reduce((sum, { bytes }) => sum + bytes, 0);
      return {
        platform: content.platform, variant: content.variant, comfyVersion: content.comfyVersion, fingerprint: content.fingerprint,
        downloadBytes: 0, engineBytes: bytesIn(content.files), passingBytes: 0, modelBytes: bytesIn(content.models),
        notes: [`ComfyUI ${content.comfyVersion} (${content.variant}) comes from the bundle, ${formatBytes(bytesIn(content.files) + bytesIn(content.models))}; nothing is fetched.`],
      };
    },
    async getUv() {}, // nothing has to be resolved or built
    installPython: (_plan, places, context) => unpackPart(bundle, 'base', places.base, context),
    getSource: (_plan, places, context) => unpackPart(bundle, 'comfy', places.comfy, context),
    async installPackages(_plan, places, context) {
      await unpackPart(bundle, 'python', places.python, context);
      const config = join(places.python, 'pyvenv.cfg');
      await writeFile(config, withHome(await readFile(config, 'utf8'), join(dirname(places.python), content.pythonHome)));
      for (const model of content.models) await unpackModel(bundle, model, places, context);
    },
    selfTest: machine.selfTest,
  };
}

async function unpackPart({ file, zip, content }: Bundle, part: EnginePart, target: string, { signal, onProgress }: DeedContext): Promise<void> {
  const isIn = ({ path }: { path: string }): boolean => path.startsWith(`${part}/`);
  const placeOf = (path: string): string => join(target, path.slice(part.length + 1));
  const files = content.files.filter(isIn);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const made = new Set<string>();
  const parentOf = async (path: string): Promise<void> => {
    if (made.has(dirname(path))) return;
    await makeFolder(dirname(path));
    made.add(dirname(path));
  };
  let done = 0;
  await makeFolder(target);
  for (const { path, bytes, sha256, isExecutable } of files) {
    await parentOf(placeOf(path));
    await extractChecked({ file, zip }, engineEntry(path), sha256, placeOf(path), signal);
    if (isExecutable) await chmod(placeOf(path), 0o755);
    done += bytes;
    onProgress(done / Math.max(1, total), 'Unpacking the bundle');
  }
  for (const { path, target: to } of content.links.filter(isIn)) {
    await parentOf(placeOf(path));
    await symlink(to, placeOf(path), 'junction'); // on Windows only folders are linked, which needs no special right in this way
  }
}

/** A model that is there already, whatever it is, is never touched. */
async function unpackModel({ file, zip }: Bundle, model: BundledModel, { modelsDir }: InstallPlaces, { signal, onProgress }: DeedContext): Promise<void> {
  const target = join(modelsDir, model.folder, model.file);
  const found = await stat(target).catch(() => undefined); // missing: the usual case
  if (found !== undefined) {
    onProgress(1, found.size === model.bytes ? `${model.file} is there already.` : `"${target}" is there with another size and was left alone.`);
    return;
  }
  await makeFolder(dirname(target));
  const part = join(dirname(target), `.${model.file}.unpacking`);
  await rm(part, { force: true }); // of a try that was cut off
  await extractChecked({ file, zip }, modelEntry(model), model.sha256, part, signal);
  await renamePatiently(part, target);
  onProgress(1, `${model.file} is in the models folder.`);
}

async function extractChecked({ file, zip }: Pick<Bundle, 'file' | 'zip'>, name: string, sha256: string, target: string, signal: AbortSignal): Promise<void> {
  const entry = zip.entries.get(name) as ZipFileEntry; // the list was compared with the entries
  const result = await zip.extract(entry, target, signal).catch((error: NodeJS.ErrnoException) => {
    signal.throwIfAborted();
    if (/^E[A-Z]/.test(error.code ?? '')) throw error; // the disk is told of by whoever knows the place
    throw storeError('BUNDLE_BROKEN', `"${name}" in the bundle "${file}" is damaged: ${error.message}.`, { cause: error });
  });
  if (result.sha256 === sha256) return;
  await rm(target, { force: true });
  throw storeError('BUNDLE_BROKEN', `"${name}" in the bundle "${file}" is not what its list says.`);
}
