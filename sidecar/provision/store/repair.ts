/**
 * Makes an engine whole again: every file is compared with the lock, and the parts in which something is wrong are made anew. The
 * lock is set aside meanwhile, so that a repair that is cut off leaves no engine that only looks whole.
 */
import { existsSync } from 'node:fs';
import { AdgenError } from '#core/contract/errors.ts';
import { renamePatiently } from '../rename-patiently.ts';
import { INSTALL_STAGES } from '../types.ts';
import type { InstalledEngine, InstallRequest, InstallStage } from '../types.ts';
import { readChoice } from './current-engine.ts';
import { writeJson } from './durable-text.ts';
import { readEngineLock, toInstalled } from './engine-lock.ts';
import type { EngineLock } from './engine-lock.ts';
import { compareWithList } from './file-list.ts';
import type { Damage } from './file-list.ts';
import { finish, newOperation, wholeLock } from './install.ts';
import { engineIdOf } from './install-tools.ts';
import { makingDeeds } from './make-engine.ts';
import { readOperation } from './operation-journal.ts';
import { removeBytecode } from './remove-files.ts';
import { runStages } from './run-stages.ts';
import { refuseRunning, withFolder, withTools } from './store-context.ts';
import type { StoreContext } from './store-context.ts';
import { storeError } from './store-errors.ts';
import { ENGINE_PARTS, enginePaths } from './store-paths.ts';
import type { EnginePaths } from './store-paths.ts';

export type RepairRequest = Omit<InstallRequest, 'variant'> & { readonly engineId?: string };

export async function repairEngine(context: StoreContext, request: RepairRequest): Promise<InstalledEngine> {
  return await withFolder(context, async () => {
    const { signal, onProgress } = request;
    const engineId = await engineToRepair(context, request.engineId);
    refuseRunning(context, engineId);
    const engine = enginePaths(context.paths, engineId);
    const lock = (await readEngineLock(engine.lock)) ?? (await readEngineLock(engine.repairing));
    if (lock === undefined) throw storeError('ENGINE_UNKNOWN', `There is no engine ${engineId} with a readable list of its files.`, { action: 'Install it again.' });
    await removeBytecode(engine.folder, ENGINE_PARTS); // nothing checks it, so it may be what is wrong
    const onFraction = (fraction: number): void => onProgress?.({ stage: 'look', fraction: fraction * 0.01, note: 'Comparing every file' });
    const damages = await compareWithList(engine.folder, lock, { isDeep: true, signal, onProgress: onFraction });
    const stages = stagesFor(damages, lock.folder !== engine.folder);
    if (stages.length > 0) await makeAnew({ context, request, engine, lock, stages });
    else if (existsSync(engine.repairing)) await renamePatiently(engine.repairing, engine.lock);
    return toInstalled(await wholeLock(engine), engine.folder);
  });
}

/** Which stages make good what is damaged; an environment hangs on its Python, and both on their place. Pure. */
export function stagesFor(damages: readonly Damage[], wasMoved: boolean): InstallStage[] {
  const isIn = (part: string): boolean => damages.some(({ path }) => path.startsWith(`${part}/`));
  const isPython = wasMoved || isIn('base');
  const isPackages = isPython || isIn('python');
  const isSource = isIn('comfy');
  const needed: Partial<Record<InstallStage, boolean>> = { space: isPackages, uv: isPackages, python: isPython, source: isSource, packages: isPackages, 'self-test': isPackages || isSource, lock: isPackages || isSource };
  return INSTALL_STAGES.filter((stage) => needed[stage]);
}

async function engineToRepair({ paths }: StoreContext, engineId: string | undefined): Promise<string> {
  if (engineId !== undefined) return engineId;
  const { current } = await readChoice(paths);
  if (current?.kind === 'managed') return current.engineId;
  throw storeError('ENGINE_UNKNOWN', current === undefined ? 'There is no engine to repair.' : 'The engine in use is not one of ours, so it is not repaired.', { action: 'Install one, or name an installed one.' });
}

interface Anew {
  readonly context: StoreContext;
  readonly request: RepairRequest;
  readonly engine: EnginePaths;
  readonly lock: EngineLock;
  readonly stages: readonly InstallStage[];
}

async function makeAnew({ context, request, engine, lock, stages }: Anew): Promise<void> {
  const { signal, onProgress, bundlePath } = request;
  await withTools(context, bundlePath, async (tools) => {
    const plan = await tools.plan({ variant: lock.variant, signal });
    if (engineIdOf(plan) !== lock.id) {
      const sentence = `What can be had now is the engine ${engineIdOf(plan)}, not ${lock.id}. Install that one; this one can then be removed.`;
      throw new AdgenError('BAD_INPUT', sentence, { data: { reason: 'ENGINE_OTHER', available: engineIdOf(plan) } });
    }
    const wasInstalling = (await readOperation(context.paths.operation))?.op === 'install';
    if (existsSync(engine.lock)) await renamePatiently(engine.lock, engine.repairing);
    if (!stages.includes('source')) await writeJson(engine.source, [...lock.files, ...lock.links].map(({ path }) => path).filter((path) => path.startsWith('comfy/')));
    const operation = { ...newOperation('repair', lock.id, lock.variant, bundlePath), done: INSTALL_STAGES.filter((stage) => !stages.includes(stage)) };
    await runStages(operation, makingDeeds({ context, tools, plan }), { journalPath: context.paths.operation, signal, onProgress });
    await finish(context.paths, { keepsFetched: wasInstalling });
  });
}
