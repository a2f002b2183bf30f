/** Where engines, models and the user's own workflows live: beside the other data, unless the user's environment names another place. Pure. */
import { join, resolve } from 'node:path';

export interface SidecarPaths {
  /** Engines, `run.json`, logs. */
  readonly engineDir: string;
  /** Weights, in ComfyUI's folders; shared by all engines. */
  readonly modelsDir: string;
  /** Half-fetched weights; on the volume of the models, so that a finished one is only renamed. */
  readonly modelPartsDir: string;
  /** Folders that the user drops workflows into. */
  readonly workflowsDir: string;
}

/** `ADGEN_ENGINE_DIR` and `ADGEN_MODELS_DIR` win over the data folder; an empty one counts as not set. */
export function sidecarPaths(dataDir: string, env: Readonly<Record<string, string | undefined>> = process.env): SidecarPaths {
  const modelsDir = resolve(env['ADGEN_MODELS_DIR'] || join(dataDir, 'models'));
  return {
    engineDir: resolve(env['ADGEN_ENGINE_DIR'] || join(dataDir, 'engine')),
    modelsDir,
    modelPartsDir: join(modelsDir, '.parts'),
    workflowsDir: resolve(dataDir, 'workflows'),
  };
}
