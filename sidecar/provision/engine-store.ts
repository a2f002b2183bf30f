/**
 * The store of engines in one folder: what is there, and every operation on it. Each operation lives in a file of its own in `store/`;
 * here they are given the same folder and the same tools.
 */
import { resolve } from 'node:path';
import { AdgenError } from '#core/contract/errors.ts';
import type { Network } from './download/types.ts';
import { lookAtMachine } from './hardware/look-at-machine.ts';
import { recogniseFolder } from './store/adopt-folder.ts';
import type { AdoptContext } from './store/adopt-folder.ts';
import { checkServer, serverAddress } from './store/adopt-url.ts';
import { changeChoice, choosing, readChoice } from './store/current-engine.ts';
import { readEngineLock } from './store/engine-lock.ts';
import { describeAdopted, specOf } from './store/engine-spec.ts';
import { fetchingTools } from './store/fetching-tools.ts';
import type { FetchingOptions } from './store/fetching-tools.ts';
import { prepareFolder } from './store/folder-rules.ts';
import { installEngine, planInstallation } from './store/install.ts';
import { openBundleTools } from './store/bundle-tools.ts';
import { repairEngine } from './store/repair.ts';
import type { StoreContext } from './store/store-context.ts';
import { storeError } from './store/store-errors.ts';
import { enginePaths, storePaths } from './store/store-paths.ts';
import { readStatus } from './store/store-status.ts';
import { uninstallEngine } from './store/uninstall.ts';
import { writeBundle } from './store/write-bundle.ts';
import type { CurrentEngine, EngineStore, Hardware } from './types.ts';

export interface EngineStoreOptions {
  /** Everything of the engines goes here. */
  readonly folder: string;
  readonly modelsDir: string;
  /** Proxy settings, patience. */
  readonly network?: Network;
  /** What is installed and from where; the pinned release when missing. */
  readonly source?: Partial<FetchingOptions>;
  /** What must stay free on every volume; 2 GiB. */
  readonly reserveBytes?: number;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Where this program is: two folders above. */
const PROGRAM_FOLDER = resolve(import.meta.dirname, '..', '..');

/** Touches nothing before it is asked to. */
export function createEngineStore(options: EngineStoreOptions): EngineStore {
  const { modelsDir, network, source, reserveBytes, env = process.env } = options;
  const folder = resolve(options.folder);
  const paths = storePaths(folder);
  const adopt: AdoptContext = { platform: process.platform, env };
  const context: StoreContext = {
    paths, modelsDir: resolve(modelsDir), reserveBytes,
    hasGpu: () => hasGpu(source?.look ?? lookAtMachine),
    prepare: () => prepareFolder(folder, { platform: process.platform, env, programFolder: PROGRAM_FOLDER }),
    openTools: async (bundlePath) => {
      const fetching = fetchingTools({ network, reserveBytes, env, ...source });
      return bundlePath === undefined ? { tools: fetching, close: () => {} } : await openBundleTools(resolve(bundlePath), fetching);
    },
  };
  const choose = async (engine: CurrentEngine): Promise<CurrentEngine> => {
    await context.prepare();
    await changeChoice(paths, choosing(engine));
    return engine;
  };
  const adoptFolder = async (named: string, pythonPath?: string, signal?: AbortSignal): Promise<CurrentEngine> => {
    await context.prepare();
    const adopted = await recogniseFolder(named, adopt, pythonPath);
    await describeAdopted(context, adopted, AbortSignal.any([AbortSignal.timeout(ADOPT_MS), ...(signal ? [signal] : [])]));
    signal?.throwIfAborted();
    return await choose({ kind: 'adopted', folder: adopted.folder, pythonPath: adopted.pythonPath });
  };
  const use = async (engine: CurrentEngine, signal?: AbortSignal): Promise<void> => {
    if (engine.kind === 'adopted') return void (await adoptFolder(engine.folder, engine.pythonPath, signal));
    if (engine.kind === 'managed' && (await readEngineLock(enginePaths(paths, engine.engineId).lock)) === undefined) throw storeError('ENGINE_UNKNOWN', `There is no whole engine "${engine.engineId}".`);
    await choose(engine.kind === 'external' ? { kind: 'external', url: serverAddress(engine.url) } : engine);
  };
  return {
    status: () => readStatus(context, adopt),
    plan: (request) => planInstallation(context, request),
    install: (request) => installEngine(context, request),
    repair: (request) => repairEngine(context, request),
    uninstall: (engineId) => uninstallEngine(context, engineId),
    bundle: (request) => writeBundle(context, request),
    use,
    async forget() {
      await context.prepare();
      await changeChoice(paths, ({ current, previous }) => (current === undefined ? { previous } : { previous: current }));
    },
    async goBack(signal) {
      const { previous } = await readChoice(paths);
      if (previous === undefined) throw storeError('ENGINE_UNKNOWN', 'There is no engine before this one.');
      await use(previous, signal);
      return previous;
    },
    adoptFolder,
    async adoptUrl(text) {
      const url = serverAddress(text);
      await checkServer(url);
      return await choose({ kind: 'external', url });
    },
    spec: async () => specOf(context, (await readChoice(paths)).current, adopt),
  };
}

async function hasGpu(look: () => Promise<Hardware>): Promise<boolean> {
  try {
    return (await look()).gpus.length > 0;
  } catch (error) {
    if (error instanceof AdgenError) return true; // a system that we do not know, where somebody's own ComfyUI may work all the same
    throw error;
  }
}

/** Its help is read from a cold disk. */
const ADOPT_MS = 300_000;

