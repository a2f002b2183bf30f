/**
 * The folder of engines, name by name. Everything in it belongs to this program; models and the user's media live elsewhere, except
 * `work/`, where ComfyUI puts what it makes and which no operation here ever deletes. Pure.
 *
 *     engines/<id>/base        the Python that was fetched       engines/<id>/python   the environment with PyTorch
 *     engines/<id>/comfy       ComfyUI's own files               engines/<id>/engine.lock.json   written last: the engine is whole
 *     current.json             which engine is used, and which one before it
 *     op.json, lock            an operation that goes on or was cut off; who is at it
 *     downloads/, cache/       emptied after a success           tools/    uv
 *     work/                    ComfyUI's input, output, temp, user; shared by all engines
 *     model-paths.yaml         names the models folder           adopted/  what we write about somebody else's installation
 */
import { join } from 'node:path';

export interface StorePaths {
  readonly folder: string;
  readonly engines: string;
  readonly current: string;
  readonly operation: string;
  readonly operationLock: string;
  readonly downloads: string;
  readonly cache: string;
  readonly tools: string;
  readonly work: string;
  readonly modelPaths: string;
  readonly adopted: string;
}

export interface EnginePaths {
  readonly folder: string;
  readonly base: string;
  readonly python: string;
  readonly comfy: string;
  readonly main: string;
  readonly lock: string;
  /** The lock of an engine that is being repaired or removed: it does not count as whole. */
  readonly repairing: string;
  readonly removing: string;
  /** Stands where an engine was removed and something was left: what lies there is not ours. */
  readonly left: string;
  /** Notes of an installation under way: what the self-test said, and which files of `comfy` are ComfyUI's. */
  readonly selfTest: string;
  readonly source: string;
}

/** The parts of an engine that its lock lists. */
export const ENGINE_PARTS = ['base', 'python', 'comfy'] as const;
export type EnginePart = (typeof ENGINE_PARTS)[number];

export function storePaths(folder: string): StorePaths {
  return {
    folder,
    engines: join(folder, 'engines'),
    current: join(folder, 'current.json'),
    operation: join(folder, 'op.json'),
    operationLock: join(folder, 'lock'),
    downloads: join(folder, 'downloads'),
    cache: join(folder, 'cache'),
    tools: join(folder, 'tools'),
    work: join(folder, 'work'),
    modelPaths: join(folder, 'model-paths.yaml'),
    adopted: join(folder, 'adopted'),
  };
}

export function enginePaths(store: Pick<StorePaths, 'engines'>, engineId: string): EnginePaths {
  const folder = join(store.engines, engineId);
  return {
    folder,
    base: join(folder, 'base'),
    python: join(folder, 'python'),
    comfy: join(folder, 'comfy'),
    main: join(folder, 'comfy', 'main.py'),
    lock: join(folder, 'engine.lock.json'),
    repairing: join(folder, 'engine.repairing.json'),
    removing: join(folder, 'engine.removing.json'),
    left: join(folder, 'engine.left.json'),
    selfTest: join(folder, 'self-test.json'),
    source: join(folder, 'source.json'),
  };
}

/** Where an environment has its interpreter. */
export const pythonIn = (environment: string, platform: NodeJS.Platform = process.platform): string =>
  platform === 'win32' ? join(environment, 'Scripts', 'python.exe') : join(environment, 'bin', 'python');
