/** Where models are looked for, and which ones there are: what every command of `adgen models` starts with. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import { loadCatalogue, parseCatalogue } from '#sidecar/models/catalogue.ts';
import type { CatalogueModel } from '#sidecar/models/catalogue.ts';
import type { ModelPlaces } from '#sidecar/models/model-files.ts';
import type { CommonOptions } from './common-options.ts';
import { openStore } from './open-store.ts';

export interface ModelOptions extends CommonOptions {
  readonly catalogue?: string;
}

/** An adopted ComfyUI brings models of its own: they count, and are never written to. */
export async function placesOf(options: CommonOptions): Promise<{ places: ModelPlaces; partsDir: string; workflowsDir: string }> {
  const { paths, store } = openStore(options);
  const { current } = await store.status();
  const extraDirs = current?.kind === 'adopted' ? [join(current.folder, 'models')] : [];
  return { places: { modelsDir: paths.modelsDir, extraDirs, partsDir: paths.modelPartsDir }, partsDir: paths.modelPartsDir, workflowsDir: paths.workflowsDir };
}

/** The user's own list, or the one of this program. Throws BAD_INPUT that names the first fault. */
export async function catalogueOf({ catalogue }: ModelOptions): Promise<readonly CatalogueModel[]> {
  if (catalogue === undefined) return loadCatalogue();
  try {
    return parseCatalogue(JSON.parse(await readFile(catalogue, 'utf8')), catalogue);
  } catch (error) {
    if (error instanceof AdgenError) throw error;
    throw new AdgenError('BAD_INPUT', `The list of models ${catalogue} cannot be read (${(error as Error).message}). Check the file.`, { cause: error });
  }
}

/** Throws that these models need the user, if there are any. `action` is a sentence. */
export function failOnModels(ids: readonly string[], what: string, action: string): void {
  if (ids.length > 0) throw new AdgenError('PROVIDER_REJECTED', `${ids.length === 1 ? 'One model is' : `${ids.length} models are`} ${what}: ${ids.join(', ')}. ${action}`);
}
