/**
 * A document that comes from elsewhere refers to files by hash. What the store does not hold is looked for beside the document
 * (and in `assets/`, as a delivery carries it); nothing is taken whose bytes do not have the hash.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import type { AdProject } from '#core/project/schema.ts';
import type { ArtifactStore } from '#engine/storage/artifact-store.ts';
import { hashFile } from '#engine/storage/durable-file.ts';
import { sourceAssets } from './delivery-files.ts';

/** Files larger than this are not looked into. */
const MAX_BYTES = 1_000_000_000;

/**
 * Returns the document with everything that it needs in the store. A missing photo shadow is dropped, and a missing original photo is
 * tolerated while the cut-out is there. Throws BAD_INPUT naming what is missing.
 */
export async function adoptAssets(project: AdProject, folder: string, store: ArtifactStore): Promise<AdProject> {
  let missing = sourceAssets(project).filter(({ asset }) => !store.has(asset.hash));
  if (missing.length > 0) {
    const found = await hashesIn([folder, join(folder, 'assets')]);
    for (const { asset } of missing) {
      const path = found.get(asset.hash);
      if (path) await store.putFile(path, asset.name, asset.mime);
    }
    missing = missing.filter(({ asset }) => !store.has(asset.hash));
  }
  return withoutOptionalAssets(project, new Map(missing.map(({ asset }) => [asset.hash, asset.name])));
}

async function hashesIn(folders: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const folder of folders) {
    const names = await readdir(folder).catch((): string[] => []); // no assets folder is the usual case
    for (const name of names) {
      const path = join(folder, name);
      const info = await stat(path);
      if (!info.isFile() || info.size > MAX_BYTES || /\.(mp4|zip)$/.test(name)) continue;
      found.set((await hashFile(path)).hash, path);
    }
  }
  return found;
}

function withoutOptionalAssets(project: AdProject, missing: ReadonlyMap<string, string>): AdProject {
  if (missing.size === 0) return project;
  const products = project.products.map((product) => (product.shadow && missing.has(product.shadow.hash) ? { ...product, shadow: undefined } : product));
  const optional = new Set(project.products.flatMap((product) => [product.shadow?.hash, product.cutout && product.mask && product.analysis ? product.photo.hash : undefined]));
  const needed = [...missing].filter(([hash]) => !optional.has(hash)).map(([, name]) => name);
  if (needed.length > 0) throw new AdgenError('BAD_INPUT', `The document needs ${needed.join(', ')}, which is neither in the data folder nor beside it. Put the files (or the unpacked delivery.zip) next to the document.`);
  return { ...project, products };
}
