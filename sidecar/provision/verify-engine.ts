/** Compares an installed engine with the list of its files. Writes nothing. */
import { resolve } from 'node:path';
import { readEngineLock } from './store/engine-lock.ts';
import { compareWithList } from './store/file-list.ts';
import type { Damage } from './store/file-list.ts';
import { storeError } from './store/store-errors.ts';
import { enginePaths, storePaths } from './store/store-paths.ts';

export interface VerifyRequest {
  /** The store's. */
  readonly folder: string;
  readonly engineId: string;
  /** Read every byte; otherwise sizes alone, which takes a second or two. */
  readonly isDeep: boolean;
  readonly signal?: AbortSignal;
  /** 0..1. */
  onProgress?(fraction: number): void;
}

/** What is missing or changed, by path within the engine; empty = whole. Throws NOT_FOUND when there is no such engine. */
export async function verifyEngine({ folder, engineId, ...options }: VerifyRequest): Promise<Damage[]> {
  const engine = enginePaths(storePaths(resolve(folder)), engineId);
  const lock = await readEngineLock(engine.lock);
  if (lock === undefined) throw storeError('ENGINE_UNKNOWN', `There is no whole engine "${engineId}".`);
  return await compareWithList(engine.folder, lock, options);
}
