/** Where the catalogue's files lie on this machine, and what can be said about one at a glance, without reading it through. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { provisionReasonOf } from '#sidecar/provision/failures.ts';
import { partPathsOf } from '#sidecar/provision/download/journal.ts';
import type { CatalogueModel } from './catalogue.ts';
import { checkSafetensors } from './safetensors.ts';

export interface ModelPlaces {
  /** Ours: files are put here. */
  readonly modelsDir: string;
  /** `models` folders of other installations: read, never written to. */
  readonly extraDirs?: readonly string[];
  /** Unfinished downloads. */
  readonly partsDir?: string;
}

export interface ModelFile {
  readonly state: 'present' | 'missing' | 'partial' | 'damaged';
  /** Where it is, or where it would be put. */
  readonly path: string;
  /** On the disk now; 0 when missing. */
  readonly bytes: number;
  /** In a folder that is not ours. */
  readonly isElsewhere: boolean;
  /** What is wrong with a damaged one, one sentence. */
  readonly problem?: string;
}

/** Older names of ComfyUI's folders, which it still reads. */
const OLD_FOLDERS: Partial<Record<CatalogueModel['folder'], string>> = { diffusion_models: 'unet', text_encoders: 'clip' };

export function ownPathOf({ folder, file }: Pick<CatalogueModel, 'folder' | 'file'>, modelsDir: string): string {
  return join(modelsDir, folder, file);
}

/** A whole one anywhere wins; else what is wrong with the first that was found. */
export async function findModelFile(model: CatalogueModel, places: ModelPlaces): Promise<ModelFile> {
  const own = ownPathOf(model, places.modelsDir);
  const elsewhere = (places.extraDirs ?? []).flatMap((dir) => [model.folder, OLD_FOLDERS[model.folder] ?? []].flat().map((folder) => join(dir, folder, model.file)));
  const found: ModelFile[] = [];
  for (const path of [own, ...elsewhere]) {
    const file = await lookAt(path, model);
    if (file) found.push({ ...file, isElsewhere: path !== own });
  }
  return found.find(({ state }) => state === 'present') ?? found[0] ?? (await lookForPart(model, own, places.partsDir));
}

async function lookAt(path: string, model: CatalogueModel): Promise<Omit<ModelFile, 'isElsewhere'> | undefined> {
  const found = await stat(path).catch(() => undefined); // not there, or not for us to see
  if (found === undefined || !found.isFile()) return undefined;
  const problem = await problemOf(path, found.size, model);
  return { state: problem === undefined ? 'present' : 'damaged', path, bytes: found.size, ...(problem === undefined ? {} : { problem }) };
}

/** Size where it is known exactly, and the safetensors header. One sentence, or undefined when nothing is wrong at a glance. */
export async function problemOf(path: string, bytes: number, model: CatalogueModel): Promise<string | undefined> {
  if (model.isSizeExact && model.bytes !== bytes) return `${path} has ${bytes} bytes instead of ${model.bytes}. Get the file again.`;
  try {
    await checkSafetensors(path);
    return undefined;
  } catch (error) {
    if (provisionReasonOf(error) === 'MODEL_BROKEN') return (error as Error).message;
    return `${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}). Check its permissions.`;
  }
}

async function lookForPart({ url, sha256 }: CatalogueModel, path: string, partsDir: string | undefined): Promise<ModelFile> {
  const part = partsDir === undefined || url === null ? undefined : await stat(partPathsOf({ url, sha256: sha256 ?? undefined, partsDir }).part).catch(() => undefined); // not begun
  return part === undefined ? { state: 'missing', path, bytes: 0, isElsewhere: false } : { state: 'partial', path, bytes: part.size, isElsewhere: false };
}
