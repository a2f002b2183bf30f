/**
 * Installs an engine beside those that are there: plan, then stage after stage, then the switch. Cut off at any moment, the next call
 * goes on at the stage that was not complete. An engine that is whole already is only switched to.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { withDiskErrors } from '../space.ts';
import type { InstalledEngine, InstallPlan, InstallRequest, SelfTestResult, Variant } from '../types.ts';
import { changeChoice, choosing, readChoice } from './current-engine.ts';
import { readEngineLock, toInstalled } from './engine-lock.ts';
import type { EngineLock } from './engine-lock.ts';
import { engineIdOf } from './install-tools.ts';
import type { DeedContext } from './install-tools.ts';
import { makingDeeds } from './make-engine.ts';
import { readOperation, removeOperation } from './operation-journal.ts';
import type { Operation } from './operation-journal.ts';
import { runStages } from './run-stages.ts';
import { withFolder, withTools } from './store-context.ts';
import type { StoreContext } from './store-context.ts';
import { storeError } from './store-errors.ts';
import { enginePaths } from './store-paths.ts';
import type { EnginePaths, StorePaths } from './store-paths.ts';

export async function installEngine(context: StoreContext, request: InstallRequest): Promise<InstalledEngine> {
  return await withFolder(context, async () => {
    const open = continued(await readOperation(context.paths.operation), request);
    return await withTools(context, request.bundlePath ?? open?.bundlePath, async (tools) => {
      const { signal, onProgress } = request;
      const plan = await tools.plan({ variant: request.variant ?? open?.variant, signal });
      const engineId = engineIdOf(plan);
      const engine = enginePaths(context.paths, engineId);
      const operation = open?.engineId === engineId ? open : newOperation('install', engineId, plan.variant, request.bundlePath);
      for (const note of plan.notes) onProgress?.({ stage: 'look', fraction: 0, note });
      if (operation !== open) await clearRemains(context.paths);
      const deeds = (await readEngineLock(engine.lock)) === undefined ? makingDeeds({ context, tools, plan }) : {};
      const switchOver = (deed: DeedContext): Promise<void> => switchTo(context, engineId, deed);
      await runStages(operation, { ...deeds, switch: switchOver }, { journalPath: context.paths.operation, signal, onProgress });
      await finish(context.paths);
      return toInstalled(await wholeLock(engine), engine.folder);
    });
  });
}

/** What `installEngine` would do with the same request. */
export async function planInstallation(context: StoreContext, request: Pick<InstallRequest, 'variant' | 'bundlePath' | 'signal'>): Promise<InstallPlan> {
  const open = continued(await readOperation(context.paths.operation), request);
  return await withTools(context, request.bundlePath ?? open?.bundlePath, async (tools) => {
    const plan = await tools.plan({ variant: request.variant ?? open?.variant, signal: request.signal });
    const { platform, variant, comfyVersion, downloadBytes, engineBytes, passingBytes, notes } = plan;
    return { engineId: engineIdOf(plan), platform, variant, comfyVersion, downloadBytes, engineBytes, passingBytes, notes };
  });
}

export function newOperation(op: Operation['op'], engineId: string, variant?: Variant, bundlePath?: string): Operation {
  return { version: 1, op, engineId, variant, bundlePath, stage: 'look', done: ['look'], attempt: 1, startedMs: Date.now() };
}

/** The interrupted installation, if that is what is asked for. One from a bundle that is gone cannot go on. */
function continued(open: Operation | undefined, { variant, bundlePath }: Pick<InstallRequest, 'variant' | 'bundlePath'>): Operation | undefined {
  if (open?.op !== 'install' || (variant !== undefined && variant !== open.variant)) return undefined;
  if (bundlePath !== undefined) return bundlePath === open.bundlePath ? open : undefined;
  return open.bundlePath === undefined || existsSync(open.bundlePath) ? open : undefined;
}

/** A folder without any lock was never an engine; the journal names it. */
async function clearRemains(paths: StorePaths): Promise<void> {
  const open = await readOperation(paths.operation);
  if (open?.op !== 'install') return;
  const { folder, base, python, lock, repairing, removing, left } = enginePaths(paths, open.engineId);
  if ([lock, repairing, removing].some((path) => existsSync(path))) return;
  const remains = existsSync(left) ? [base, python] : [folder]; // what an uninstall has left there is not ours
  for (const path of remains) await withDiskErrors(path, () => rm(path, { recursive: true, force: true }));
}

/** An engine that could not prove itself does not replace one that works. */
async function switchTo(context: StoreContext, engineId: string, { onProgress }: DeedContext): Promise<void> {
  const { selfTest, variant } = await wholeLock(enginePaths(context.paths, engineId));
  if (selfTest.outcome !== 'ok' && (await hasOtherEngine(context.paths, engineId))) {
    onProgress(1, `The engine ${engineId} is kept but not switched to: ${unproven(selfTest, variant)}`);
    return;
  }
  await changeChoice(context.paths, choosing({ kind: 'managed', engineId }));
}

export const unproven = ({ outcome, detail }: SelfTestResult, variant: Variant): string =>
  outcome === 'cpu-only' ? `it computes on the CPU, not with ${variant}. ${detail}` : `nobody knows whether it computes. ${detail}`;

async function hasOtherEngine(paths: StorePaths, engineId: string): Promise<boolean> {
  const { current } = await readChoice(paths);
  if (current === undefined) return false;
  if (current.kind !== 'managed') return true;
  return current.engineId !== engineId && (await readEngineLock(enginePaths(paths, current.engineId).lock)) !== undefined;
}

export async function wholeLock(engine: EnginePaths): Promise<EngineLock> {
  const lock = await readEngineLock(engine.lock);
  if (lock === undefined) throw storeError('ENV_BROKEN', `The engine in "${engine.folder}" is not whole.`);
  return lock;
}

/** What was only needed on the way goes, unless an installation that was cut off still wants it; the journal goes last. */
export async function finish(paths: StorePaths, { keepsFetched = false } = {}): Promise<void> {
  for (const folder of keepsFetched ? [] : [paths.downloads, paths.cache]) await withDiskErrors(folder, () => rm(folder, { recursive: true, force: true }));
  await removeOperation(paths.operation);
}
