/** Which of the catalogue's models are here, and in what state: the list that a user sees. */
import { loadCatalogue, modelsOfWorkflows } from './catalogue.ts';
import type { CatalogueModel } from './catalogue.ts';
import { findModelFile } from './model-files.ts';
import type { ModelFile, ModelPlaces } from './model-files.ts';

export interface ModelStatus extends ModelFile {
  readonly model: CatalogueModel;
}

export interface ListRequest extends ModelPlaces {
  /** Only what these workflows need. */
  readonly workflows?: readonly string[];
  readonly catalogue?: readonly CatalogueModel[];
}

/** In the catalogue's order. Reads sizes and headers, not contents; see `verifyModels` for those. */
export async function listModels({ workflows, catalogue = loadCatalogue(), ...places }: ListRequest): Promise<ModelStatus[]> {
  const models = workflows === undefined ? catalogue : modelsOfWorkflows(workflows, catalogue);
  return Promise.all(models.map(async (model) => ({ model, ...(await findModelFile(model, places)) })));
}
