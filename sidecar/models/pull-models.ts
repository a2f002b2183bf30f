/**
 * Downloads models of the catalogue: consent and space are settled for all of them before the first byte, two come at a time, and a
 * file appears in its folder only when it is whole, hashed and a safetensors file.
 */
import { AdgenError } from '#core/contract/errors.ts';
import { downloadFile } from '#sidecar/provision/download/download-file.ts';
import type { Network } from '#sidecar/provision/download/types.ts';
import { provisionReasonOf } from '#sidecar/provision/failures.ts';
import { isSameVolume, requireSpace } from '#sidecar/provision/space.ts';
import type { SpaceRules } from '#sidecar/provision/space.ts';
import { loadCatalogue } from './catalogue.ts';
import type { CatalogueModel } from './catalogue.ts';
import { modelsOf, requireAddress, requireConsent } from './choose-models.ts';
import type { LoadableModel } from './choose-models.ts';
import { addressOf } from './hub.ts';
import type { Hub } from './hub.ts';
import { recordInLedger } from './ledger.ts';
import { findModelFile, ownPathOf } from './model-files.ts';
import type { ModelPlaces } from './model-files.ts';
import { createPullBoard } from './pull-progress.ts';
import type { PullBoard, PullProgress } from './pull-progress.ts';
import { checkSafetensors } from './safetensors.ts';

const AT_A_TIME = 2;
/** When one of these happens to one file, it happens to the others as well. */
const COMMON_REASONS = new Set<unknown>(['DISK_FULL', 'DISK_READ_ONLY', 'NET_OFFLINE', 'NET_PROXY']);

export interface PullRequest extends ModelPlaces, SpaceRules {
  readonly ids: readonly string[];
  readonly partsDir: string;
  /** Ids whose limited licence the user has read and accepted. */
  readonly agreeTo?: readonly string[];
  readonly hub?: Hub;
  readonly network?: Network;
  readonly catalogue?: readonly CatalogueModel[];
  readonly signal: AbortSignal;
  onProgress?(progress: PullProgress): void;
}

export interface PulledModel {
  readonly id: string;
  readonly path: string;
  readonly outcome: 'downloaded' | 'present';
  readonly bytes: number;
}

/**
 * In the order asked for. Throws NOT_FOUND, BAD_INPUT (consent) and PROVIDER_UNAVAILABLE (no address) before anything happens, and what
 * `downloadFile` throws: a full disk or a lost network ends everything, another failure lets the other files come first. Whole files
 * stay; unfinished ones are gone on with by the next call. `data.failed` lists the ids.
 */
export async function pullModels(request: PullRequest): Promise<PulledModel[]> {
  const wanted = modelsOf(request.ids, request.catalogue ?? loadCatalogue());
  const found = await Promise.all(wanted.map(async (model) => ({ model, file: await findModelFile(model, request) })));
  const missing = found.filter(({ file }) => file.state !== 'present');
  requireConsent(missing.map(({ model }) => model), request.agreeTo ?? []);
  const models = requireAddress(missing.map(({ model }) => model));
  await requireRoom(request, missing.map(({ model, file }) => ({ bytes: model.bytes ?? 0, partBytes: file.state === 'partial' ? file.bytes : 0 })));
  const pulled = await pullAll(request, models);
  return found.map(({ model, file }) => pulled.get(model.id) ?? { id: model.id, path: file.path, outcome: 'present', bytes: file.bytes });
}

/** Where the parts lie on another volume, each whole file is needed there as well for as long as it is copied. */
async function requireRoom({ modelsDir, partsDir, reserveBytes }: PullRequest, files: readonly { readonly bytes: number; readonly partBytes: number }[]): Promise<void> {
  const toCome = files.reduce((sum, { bytes, partBytes }) => sum + Math.max(0, bytes - partBytes), 0);
  const whole = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const needs = (await isSameVolume(partsDir, modelsDir)) ? [{ path: modelsDir, bytes: toCome }] : [{ path: modelsDir, bytes: whole }, { path: partsDir, bytes: toCome }];
  await requireSpace(needs, { reserveBytes });
}

async function pullAll(request: PullRequest, models: readonly LoadableModel[]): Promise<Map<string, PulledModel>> {
  const stop = new AbortController();
  const signal = AbortSignal.any([request.signal, stop.signal]);
  const board = createPullBoard(models, request.onProgress);
  const waiting = [...models];
  const pulled = new Map<string, PulledModel>();
  const failures: { readonly id: string; readonly error: unknown }[] = [];
  const work = async (): Promise<void> => {
    for (let model = waiting.shift(); model !== undefined && !signal.aborted; model = waiting.shift()) {
      try {
        pulled.set(model.id, await pullOne({ ...request, signal }, model, board));
      } catch (error) {
        if (signal.aborted) return;
        failures.push({ id: model.id, error });
        board.fail(model.id);
        if (COMMON_REASONS.has(provisionReasonOf(error))) stop.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  request.signal.throwIfAborted();
  if (failures[0]) throw withFailedIds(failures[0].error, failures.map(({ id }) => id));
  return pulled;
}

/** The first failure, saying which models are not here because of it and others. */
function withFailedIds(error: unknown, failed: readonly string[]): unknown {
  if (!(error instanceof AdgenError)) return error;
  return new AdgenError(error.code, error.message, { isTransient: error.isTransient, data: { ...error.data, failed }, cause: error });
}

async function pullOne({ modelsDir, partsDir, hub, network, reserveBytes, signal }: PullRequest, model: LoadableModel, board: PullBoard): Promise<PulledModel> {
  const destination = ownPathOf(model, modelsDir);
  const { sha256, bytes } = await downloadFile({
    ...addressOf(model.url, hub), destination, partsDir, network, reserveBytes, signal, sha256: model.sha256 ?? undefined, bytes: model.isSizeExact ? (model.bytes ?? undefined) : undefined,
    onProgress: (progress) => board.update(model.id, progress),
    verify: async (path) => void (await checkSafetensors(path)),
  });
  await recordInLedger(modelsDir, destination, { sha256, bytes, how: 'download' });
  board.finish(model.id, bytes);
  return { id: model.id, path: destination, outcome: 'downloaded', bytes };
}
