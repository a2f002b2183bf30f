/** Reads model files through and compares them with their known hash: the publisher's, or the one they had when they came here. */
import { stat } from 'node:fs/promises';
import { hashFile } from '#sidecar/provision/download/hash-file.ts';
import { loadCatalogue } from './catalogue.ts';
import type { CatalogueModel } from './catalogue.ts';
import { modelsOf } from './choose-models.ts';
import { readLedger, recordInLedger } from './ledger.ts';
import { findModelFile } from './model-files.ts';
import type { ModelFile, ModelPlaces } from './model-files.ts';

export interface VerifyRequest extends ModelPlaces {
  /** Missing = every model that is here. */
  readonly ids?: readonly string[];
  readonly catalogue?: readonly CatalogueModel[];
  readonly signal: AbortSignal;
  onProgress?(progress: { readonly id: string; readonly checkedBytes: number; readonly totalBytes: number }): void;
}

export interface VerifiedModel {
  readonly id: string;
  readonly path: string;
  /** `recorded`: nothing was known to compare with; from now on its hash is. */
  readonly outcome: 'ok' | 'recorded' | 'damaged' | 'missing';
  readonly bytes: number;
  readonly sha256?: string;
  /** What is wrong and what to do, one sentence each. */
  readonly problem?: string;
}

/** Missing ones are told only when they were asked for. Nothing is removed. Throws NOT_FOUND for an unknown id, AbortError, and what the disk says. */
export async function verifyModels(request: VerifyRequest): Promise<VerifiedModel[]> {
  const { ids, catalogue = loadCatalogue() } = request;
  const models = ids === undefined ? catalogue : modelsOf(ids, catalogue);
  const found = await Promise.all(models.map(async (model) => ({ model, file: await findModelFile(model, request) })));
  const isThere = ({ file: { state } }: { readonly file: ModelFile }): boolean => state === 'present' || state === 'damaged';
  const totalBytes = found.filter(isThere).reduce((sum, { file }) => sum + file.bytes, 0);
  let checkedBytes = 0;
  const results: VerifiedModel[] = [];
  for (const one of found) {
    const { model: { id }, file } = one;
    if (isThere(one)) results.push(await verifyOne(one.model, file, request, (bytes) => request.onProgress?.({ id, checkedBytes: (checkedBytes += bytes), totalBytes })));
    else if (ids !== undefined) results.push({ id, path: file.path, outcome: 'missing', bytes: 0, problem: `${one.model.name} is not here. Download or import it.` });
  }
  return results;
}

async function verifyOne(model: CatalogueModel, { path, bytes, problem }: ModelFile, { modelsDir, signal }: VerifyRequest, onBytes: (bytes: number) => void): Promise<VerifiedModel> {
  const base = { id: model.id, path, bytes };
  if (problem !== undefined) return { ...base, outcome: 'damaged', problem };
  const sha256 = await hashFile(path, signal, onBytes);
  const known = model.sha256 ?? (await readLedger(modelsDir, path))?.sha256;
  if (known === undefined) {
    await recordInLedger(modelsDir, path, { sha256, bytes: (await stat(path)).size, how: 'verify' });
    return { ...base, outcome: 'recorded', sha256 };
  }
  if (sha256 === known) return { ...base, outcome: 'ok', sha256 };
  const origin = model.sha256 === null ? 'the one that it had when it came here' : 'that of its publisher';
  return { ...base, outcome: 'damaged', sha256, problem: `${path} is damaged or another file: its SHA-256 is not ${origin}. Remove it and get it again.` };
}
