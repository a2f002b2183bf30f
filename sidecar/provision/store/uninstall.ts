/**
 * Removes an engine: exactly the files that its lock lists and what Python compiled from them, then empty folders. Anything else stays
 * and is told. The lock is set aside first, so an engine that is half removed never counts as one; it goes last.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import { renamePatiently } from '../rename-patiently.ts';
import { changeChoice, without } from './current-engine.ts';
import { writeJson } from './durable-text.ts';
import { engineIdSchema, readEngineLock } from './engine-lock.ts';
import { walk } from './file-list.ts';
import { newOperation } from './install.ts';
import { readOperation, removeOperation, writeOperation } from './operation-journal.ts';
import { removeBytecode, removeEmptyFolders, removeListed } from './remove-files.ts';
import { refuseRunning, withFolder } from './store-context.ts';
import type { StoreContext } from './store-context.ts';
import { storeError } from './store-errors.ts';
import { ENGINE_PARTS, enginePaths } from './store-paths.ts';
import type { EnginePaths } from './store-paths.ts';

export interface Uninstalled {
  readonly removedFiles: number;
  /** What was not ours, by path. */
  readonly left: readonly string[];
}

export async function uninstallEngine(context: StoreContext, engineId: string): Promise<Uninstalled> {
  if (!engineIdSchema.safeParse(engineId).success) throw storeError('ENGINE_UNKNOWN', `There is no engine "${engineId}".`);
  const engine = enginePaths(context.paths, engineId);
  refuseRunning(context, engineId);
  await removeBytecode(engine.folder, ENGINE_PARTS); // first: on a full disk it gives room for the notes that a removal takes
  return await withFolder(context, async () => {
    refuseRunning(context, engineId);
    if (!existsSync(engine.folder)) throw storeError('ENGINE_UNKNOWN', `There is no engine "${engineId}".`);
    const open = await readOperation(context.paths.operation);
    const isOwn = open === undefined || open.engineId === engineId; // another engine's installation shall still go on
    if (isOwn) await noteIfThereIsRoom(context, engineId);
    const removedFiles = (await setLockAside(engine)) ? await removeLocked(engine) : existsSync(engine.left) ? await lookAgain(engine) : await removeRemains(engine);
    await changeChoice(context.paths, without(engineId));
    if (isOwn) await removeOperation(context.paths.operation);
    return { removedFiles, left: await whatIsLeft(engine) };
  });
}

/** On a full disk it goes without: the lock that is set aside says as much to the next start. */
async function noteIfThereIsRoom({ paths }: StoreContext, engineId: string): Promise<void> {
  try {
    await writeOperation(paths.operation, newOperation('uninstall', engineId));
  } catch (error) {
    if (!(error instanceof AdgenError) || error.code !== 'DISK_FULL') throw error;
  }
}

/** False when there is no lock that could be read: then it was never whole. */
async function setLockAside(engine: EnginePaths): Promise<boolean> {
  for (const path of [engine.lock, engine.repairing]) {
    if ((await readEngineLock(path)) === undefined) continue;
    await renamePatiently(path, engine.removing);
    return true;
  }
  return (await readEngineLock(engine.removing)) !== undefined;
}

async function removeLocked(engine: EnginePaths): Promise<number> {
  const lock = await readEngineLock(engine.removing);
  if (lock === undefined) return 0;
  const removed = await removeListed(engine.folder, [...lock.files, ...lock.links].map(({ path }) => path));
  for (const note of [engine.selfTest, engine.source, engine.repairing]) await rm(note, { force: true });
  const left = await whatIsLeft(engine);
  if (left.length > 0) await writeJson(engine.left, { left: left.length }); // before the lock goes: without either, it would count as ours
  await rm(engine.removing, { force: true });
  await removeEmptyFolders(engine.folder);
  return removed;
}

/** Nothing of ours is there any more; perhaps the rest has been taken away meanwhile. */
async function lookAgain(engine: EnginePaths): Promise<0> {
  if ((await whatIsLeft(engine)).length === 0) await rm(engine.left, { force: true });
  await removeEmptyFolders(engine.folder);
  return 0;
}

async function whatIsLeft(engine: EnginePaths): Promise<string[]> {
  const notes = new Set([engine.removing, engine.left]);
  return (await walk(engine.folder, ['.'])).map(({ path }) => join(engine.folder, path)).filter((path) => !notes.has(path));
}

/** The rest of an installation that never came to its end holds nothing of the user's. */
async function removeRemains(engine: EnginePaths): Promise<number> {
  const found = await walk(engine.folder, ['.'], { hasBytecode: true });
  await rm(engine.folder, { recursive: true, force: true });
  return found.length;
}
