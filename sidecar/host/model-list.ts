/** The models of the catalogue as a user sees them, and fetching them as a task. */
import { join } from 'node:path';
import type { z } from 'zod';
import type { modelSchema } from '#core/contract/sidecar.ts';
import { loadCatalogue, needsConsent } from '#sidecar/models/catalogue.ts';
import type { CatalogueModel } from '#sidecar/models/catalogue.ts';
import type { Hub } from '#sidecar/models/hub.ts';
import { listModels } from '#sidecar/models/list-models.ts';
import type { ModelStatus } from '#sidecar/models/list-models.ts';
import type { ModelPlaces } from '#sidecar/models/model-files.ts';
import { pullModels } from '#sidecar/models/pull-models.ts';
import type { StoreStatus } from '#sidecar/provision/types.ts';
import type { SidecarPaths } from '#sidecar/sidecar-paths.ts';
import type { TaskTools } from './task-board.ts';

export type ShownModel = z.infer<typeof modelSchema>;

/** An adopted ComfyUI brings models of its own: they count, and are never written to. */
export function modelPlaces({ modelsDir, modelPartsDir }: SidecarPaths, { current }: Pick<StoreStatus, 'current'>): ModelPlaces & { readonly partsDir: string } {
  return { modelsDir, partsDir: modelPartsDir, extraDirs: current?.kind === 'adopted' ? [join(current.folder, 'models')] : [] };
}

export async function showModels(places: ModelPlaces, catalogue: readonly CatalogueModel[] = loadCatalogue()): Promise<ShownModel[]> {
  return (await listModels({ ...places, catalogue })).map(showModel);
}

function showModel({ model, state, bytes, problem }: ModelStatus): ShownModel {
  return {
    id: model.id, name: model.name, use: model.folder,
    sizeBytes: model.bytes ?? 0, license: model.licence, licenseUrl: pageOf(model), conditions: sentenceOf(model),
    allowsCommercialUse: { yes: true, ask: null, no: false }[model.adverts],
    needsConsent: needsConsent(model), isPresent: state === 'present', state, doneBytes: state === 'partial' ? bytes : 0, problem: problem ?? null,
    vramTierGb: model.vramTierGb, canPull: model.url !== null,
    needsToken: needsConsent(model) && model.url !== null,
  };
}

function sentenceOf({ conditions, excludedRegions }: CatalogueModel): string {
  return [conditions, ...(excludedRegions.length > 0 ? [`Its licence does not hold in ${excludedRegions.join(', ')}.`] : [])].filter((text) => text !== '').join(' ');
}

/** The publisher's page, from the address of the file. */
function pageOf({ url }: CatalogueModel): string | null {
  const [, page] = /^(https:\/\/huggingface\.co\/[^/]+\/[^/]+)\//.exec(url ?? '') ?? [];
  return page ?? null;
}

export interface PullWish {
  readonly ids: readonly string[];
  readonly acceptsLicenses: boolean;
  readonly places: ModelPlaces & { readonly partsDir: string };
  readonly hub: Hub;
}

/** For a task board. What has come is kept whatever happens. */
export async function pullAsTask({ ids, acceptsLicenses, places, hub }: PullWish, { signal, report }: TaskTools): Promise<string | undefined> {
  await pullModels({
    ...places, ids, hub, signal, agreeTo: acceptsLicenses ? ids : [],
    onProgress: ({ receivedBytes, totalBytes, bytesPerSecond, files }) => report({
      label: files.filter(({ state }) => state === 'loading').map(({ name }) => name).join(', '),
      fraction: totalBytes > 0 ? Math.min(1, receivedBytes / totalBytes) : 0, doneBytes: receivedBytes, totalBytes, bytesPerSecond,
    }),
  });
  return undefined;
}
