/** What every operation of the store is given, and how it has the folder to itself. */
import { readRunRecord } from '#sidecar/supervisor/run-record.ts';
import { startTokenOf } from '#sidecar/supervisor/process-tree.ts';
import { withProcessLock } from '../process-lock.ts';
import { storeError } from './store-errors.ts';
import type { InstallPlaces, InstallTools } from './install-tools.ts';
import { enginePaths } from './store-paths.ts';
import type { StorePaths } from './store-paths.ts';

export interface StoreContext {
  readonly paths: StorePaths;
  readonly modelsDir: string;
  /** What must stay free on the volumes; missing = the usual reserve. */
  readonly reserveBytes?: number;
  /** False when this machine has none of any maker; true when there is one, or when nobody knows. */
  hasGpu(): Promise<boolean>;
  /** Makes and checks the folder. Throws when engines cannot live there. */
  prepare(): Promise<void>;
  /** Those that fetch, or those of a bundle. */
  openTools(bundlePath: string | undefined): Promise<OpenTools>;
}

export interface OpenTools {
  readonly tools: InstallTools;
  close(): void;
}

/** No other operation goes on in the folder meanwhile. Throws CONFLICT that names the process otherwise. */
export async function withFolder<T>(context: StoreContext, work: () => Promise<T>): Promise<T> {
  await context.prepare();
  return await withProcessLock(context.paths.operationLock, { what: `The engines in ${context.paths.folder} are being changed` }, work);
}

export async function withTools<T>(context: StoreContext, bundlePath: string | undefined, work: (tools: InstallTools) => Promise<T>): Promise<T> {
  const { tools, close } = await context.openTools(bundlePath);
  try {
    return await work(tools);
  } finally {
    close();
  }
}

export function placesOf({ paths, modelsDir }: StoreContext, engineId: string): InstallPlaces {
  const { base, python, comfy } = enginePaths(paths, engineId);
  return { downloads: paths.downloads, cache: paths.cache, tools: paths.tools, base, python, comfy, modelsDir };
}

/** Throws CONFLICT when a process of the engine lives, whoever started it. */
export function refuseRunning({ paths }: StoreContext, engineId: string): void {
  const record = readRunRecord(paths.folder);
  if (record?.engineId !== engineId || record.startToken === '' || startTokenOf(record.pid) !== record.startToken) return;
  throw storeError('ENGINE_RUNS', `The engine ${engineId} is running (process ${record.pid}).`, { data: { pid: record.pid } });
}

