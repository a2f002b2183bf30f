/**
 * Takes models over from a folder that the user has, by name and size or by hash. The source is only read: copied, or linked so that
 * no second copy is needed. What is truncated or something else under a model's name is refused.
 */
import { dirname } from 'node:path';
import { provisionError, provisionReasonOf } from '#sidecar/provision/failures.ts';
import { hashFile } from '#sidecar/provision/download/hash-file.ts';
import { makeFolder } from '#sidecar/provision/make-folder.ts';
import { requireSpace, withDiskErrors } from '#sidecar/provision/space.ts';
import type { SpaceRules } from '#sidecar/provision/space.ts';
import { loadCatalogue } from './catalogue.ts';
import type { CatalogueModel } from './catalogue.ts';
import { findCandidates } from './find-candidates.ts';
import { recordInLedger } from './ledger.ts';
import { findModelFile, ownPathOf, problemOf } from './model-files.ts';
import { recogniseFile } from './recognise-file.ts';
import type { SourceFile } from './recognise-file.ts';
import { copyFileHashed, linkFile } from './take-file.ts';
import type { TakeFile } from './take-file.ts';

export interface ImportRequest extends SpaceRules {
  readonly from: string;
  readonly modelsDir: string;
  /** `link`: a hard link, or a symbolic one from another volume. The source must stay where it is. */
  readonly mode: 'copy' | 'link';
  readonly catalogue?: readonly CatalogueModel[];
  readonly signal: AbortSignal;
  onProgress?(progress: { readonly id: string; readonly doneBytes: number; readonly totalBytes: number }): void;
}

export interface ImportedModel {
  readonly id: string;
  readonly from: string;
  /** Where it is now; missing when refused. */
  readonly path?: string;
  readonly outcome: 'copied' | 'linked' | 'present' | 'refused';
  readonly bytes: number;
  /** Why it was refused and what to do. */
  readonly problem?: string;
}

export interface ImportResult {
  readonly models: readonly ImportedModel[];
  /** Safetensors files that are in no catalogue. */
  readonly unknown: readonly string[];
}

interface Found {
  readonly model: CatalogueModel;
  readonly source: SourceFile;
}

/** Throws BAD_INPUT when `from` is no folder, DISK_FULL before the first byte, READ_ONLY, AbortError. */
export async function importModels(request: ImportRequest): Promise<ImportResult> {
  const { modelsDir, mode, reserveBytes } = request;
  const { settled, unknown, toTake } = await sortOut(request);
  const totalBytes = toTake.reduce((sum, { source }) => sum + source.bytes, 0);
  if (mode === 'copy') await requireSpace([{ path: modelsDir, bytes: totalBytes }], { reserveBytes });
  let doneBytes = 0;
  const taken: ImportedModel[] = [];
  for (const found of toTake) {
    taken.push(await take(found, request, (bytes) => request.onProgress?.({ id: found.model.id, doneBytes: (doneBytes += bytes), totalBytes })));
  }
  return { models: [...settled, ...taken], unknown };
}

/** What need not be taken, and why; what nobody knows; and what is to be taken, each model once. */
async function sortOut({ from, modelsDir, catalogue = loadCatalogue(), signal }: ImportRequest): Promise<{ settled: ImportedModel[]; unknown: string[]; toTake: Found[] }> {
  const settled: ImportedModel[] = [];
  const unknown: string[] = [];
  const toTake = new Map<string, Found>();
  for (const source of await findCandidates(from, signal)) {
    const { model, problem } = await identify(source, catalogue, signal);
    if (model === undefined) {
      unknown.push(source.path);
      continue;
    }
    const base = { id: model.id, from: source.path, bytes: source.bytes };
    if (problem !== undefined) settled.push({ ...base, outcome: 'refused', problem });
    else if (toTake.has(model.id) || (await findModelFile(model, { modelsDir })).state === 'present') settled.push({ ...base, path: ownPathOf(model, modelsDir), outcome: 'present' });
    else toTake.set(model.id, { model, source });
  }
  return { settled, unknown, toTake: [...toTake.values()] };
}

async function identify(source: SourceFile, catalogue: readonly CatalogueModel[], signal: AbortSignal): Promise<{ model?: CatalogueModel; problem?: string }> {
  const recognised = recogniseFile(source, catalogue);
  if (recognised.kind === 'unknown') return {};
  if (recognised.kind === 'by-hash') {
    const sha256 = await hashFile(source.path, signal);
    const model = recognised.models.find((candidate) => candidate.sha256 === sha256);
    return model === undefined ? {} : { model };
  }
  return { model: recognised.model, problem: await problemOf(source.path, source.bytes, recognised.model) };
}

async function take({ model, source }: Found, { modelsDir, mode, signal }: ImportRequest, onBytes: (bytes: number) => void): Promise<ImportedModel> {
  const path = ownPathOf(model, modelsDir);
  const base = { id: model.id, from: source.path, bytes: source.bytes };
  const check = (sha256: string): void => {
    if (model.sha256 === null || sha256 === model.sha256) return;
    throw provisionError('MODEL_BROKEN', `${source.path} is damaged or not ${model.name} as published: its SHA-256 is another one.`, { data: { path: source.path } });
  };
  await makeFolder(dirname(path));
  try {
    const sha256 = await withDiskErrors(path, () => bring({ from: source.path, to: path, check, signal, onBytes }, mode));
    await recordInLedger(modelsDir, path, { sha256, bytes: source.bytes, how: 'import' });
    return { ...base, path, outcome: mode === 'copy' ? 'copied' : 'linked' };
  } catch (error) {
    if (provisionReasonOf(error) !== 'MODEL_BROKEN') throw error;
    return { ...base, outcome: 'refused', problem: (error as Error).message };
  }
}

async function bring(file: TakeFile, mode: 'copy' | 'link'): Promise<string> {
  if (mode === 'copy') return await copyFileHashed(file);
  const sha256 = await hashFile(file.from, file.signal, (bytes) => file.onBytes(bytes));
  file.check(sha256);
  await linkFile(file.from, file.to);
  return sha256;
}
