/** What a user sees of the folder of engines. Reads only, takes no lock, and is quick: a whole check is `verifyEngine`. */
import { existsSync } from 'node:fs';
import { AdgenError } from '#core/contract/errors.ts';
import type { StoreStatus } from '../types.ts';
import { recogniseFolder } from './adopt-folder.ts';
import type { AdoptContext } from './adopt-folder.ts';
import { readChoice } from './current-engine.ts';
import { engineIds, readEngines, toInstalled } from './engine-lock.ts';
import { unproven } from './install.ts';
import { readOperation, toOpenOperation } from './operation-journal.ts';
import type { StoreContext } from './store-context.ts';
import { enginePaths, pythonIn } from './store-paths.ts';
import type { StorePaths } from './store-paths.ts';

export async function readStatus({ paths, modelsDir }: StoreContext, adopt: AdoptContext): Promise<StoreStatus> {
  const [choice, open, whole] = [await readChoice(paths), await readOperation(paths.operation), await readEngines(paths)];
  const { current } = choice;
  const problems = whole.flatMap(({ lock, folder }) => {
    if (lock.folder !== folder) return [`The engine ${lock.id} was moved here from "${lock.folder}". Repair it.`];
    const { main, python } = enginePaths(paths, lock.id);
    const isDamaged = !existsSync(main) || !existsSync(pythonIn(python));
    if (isDamaged) return [`The engine ${lock.id} is damaged. Repair it; your media are kept.`];
    return lock.selfTest.outcome === 'ok' ? [] : [`The engine ${lock.id} has not proved itself: ${unproven(lock.selfTest, lock.variant)}`];
  });
  problems.push(...(await halves(paths, open?.engineId)));
  if (current?.kind === 'managed' && !whole.some(({ lock }) => lock.id === current.engineId)) problems.push(`The engine in use, ${current.engineId}, is not whole. Repair it or choose another one.`);
  if (current?.kind === 'adopted') problems.push(...(await adoptedProblem(current, adopt)));
  return {
    folder: paths.folder, modelsDir, ...choice,
    engines: whole.map(({ lock, folder }) => toInstalled(lock, folder)),
    interrupted: open && toOpenOperation(open),
    problems,
  };
}

/** Folders that are no whole engines and that the journal does not speak of. */
async function halves(paths: StorePaths, openId: string | undefined): Promise<string[]> {
  return (await engineIds(paths)).filter((id) => id !== openId).flatMap((id) => {
    const { lock, repairing, removing, left, folder } = enginePaths(paths, id);
    if (existsSync(lock)) return [];
    if (existsSync(repairing)) return [`The repair of the engine ${id} was interrupted. Repair it once more.`];
    if (existsSync(removing)) return [`The engine ${id} is half removed. Uninstall it once more.`];
    if (existsSync(left)) return []; // the user's, and told when the engine was removed
    return [`"${folder}" holds the rest of an engine. Uninstall ${id} to remove what is ours of it.`];
  });
}

async function adoptedProblem(current: { readonly folder: string; readonly pythonPath: string }, adopt: AdoptContext): Promise<string[]> {
  try {
    await recogniseFolder(current.folder, adopt, current.pythonPath);
    return [];
  } catch (error) {
    if (error instanceof AdgenError) return [error.message];
    throw error;
  }
}
