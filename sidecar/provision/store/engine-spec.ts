/** How the engine in use is started: everything that the supervisor needs to know, and the files that this takes. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { unpackedPath } from '#core/lib/unpacked-path.ts';
import type { EngineSpec } from '#sidecar/supervisor/engine-command.ts';
import { makeFolder } from '../make-folder.ts';
import type { CurrentEngine } from '../types.ts';
import { recogniseFolder } from './adopt-folder.ts';
import type { AdoptContext, AdoptedFolder } from './adopt-folder.ts';
import { readJson, writeJson, writeText } from './durable-text.ts';
import { readEngineLock } from './engine-lock.ts';
import { askKnownFlags } from './known-flags.ts';
import { adoptedModelPaths, ownModelPaths } from './model-paths.ts';
import type { StoreContext } from './store-context.ts';
import { storeError } from './store-errors.ts';
import { enginePaths, pythonIn } from './store-paths.ts';
import type { StorePaths } from './store-paths.ts';

const FRONT_END = unpackedPath(join(import.meta.dirname, '..', '..', 'python', 'front-end'));

/** Undefined when none is chosen or it is somebody's server. Throws ENV_BROKEN when it is not whole. */
export async function specOf(context: StoreContext, current: CurrentEngine | undefined, adopt: AdoptContext): Promise<EngineSpec | undefined> {
  if (current === undefined || current.kind === 'external') return undefined;
  return current.kind === 'managed' ? await managedSpec(context, current.engineId) : await adoptedSpec(context, await recogniseFolder(current.folder, adopt, current.pythonPath));
}

async function managedSpec(context: StoreContext, engineId: string): Promise<EngineSpec> {
  const engine = enginePaths(context.paths, engineId);
  const lock = await readEngineLock(engine.lock);
  if (lock === undefined || lock.folder !== engine.folder) throw storeError('ENV_BROKEN', `The engine ${engineId} ${lock === undefined ? 'is not whole' : 'was moved'}.`);
  return {
    ...(await commonSpec(context)),
    engineId,
    pythonPath: pythonIn(engine.python),
    mainPath: engine.main,
    // PyTorch for a GPU that is not there would end the start.
    deviceFlags: lock.variant === 'cpu' || lock.selfTest.outcome === 'cpu-only' ? ['--cpu'] : [],
    knownFlags: new Set(lock.knownFlags),
  };
}

async function adoptedSpec(context: StoreContext, adopted: AdoptedFolder): Promise<EngineSpec> {
  const common = await commonSpec(context);
  const { engineId, modelPathFiles, knownFlags } = await describeAdopted(context, adopted, AbortSignal.timeout(300_000));
  return {
    ...common,
    engineId,
    pythonPath: adopted.pythonPath,
    mainPath: adopted.mainPath,
    // Its own extra_model_paths.yaml is read by its main.py without being told.
    modelPathFiles: [...(common.modelPathFiles ?? []), ...modelPathFiles],
    // Without it ComfyUI looks for a GPU and ends. What a GPU of any kind can do is that installation's own affair.
    deviceFlags: (await context.hasGpu()) ? [] : ['--cpu'],
    knownFlags: new Set(knownFlags),
    bytecodeDir: join(context.paths.adopted, 'bytecode'),
  };
}

async function commonSpec({ paths, modelsDir }: StoreContext): Promise<Pick<EngineSpec, 'baseDir' | 'frontEndDir' | 'modelPathFiles' | 'ownNodes'>> {
  await makeFolder(join(paths.work, 'custom_nodes')); // ComfyUI lists it whether it uses it or not
  await keepText(paths.modelPaths, ownModelPaths(modelsDir));
  return { baseDir: paths.work, frontEndDir: existsSync(join(FRONT_END, 'index.html')) ? FRONT_END : undefined, modelPathFiles: [paths.modelPaths], ownNodes: [] };
}

const adoptedNoteSchema = z.object({ folder: z.string(), pythonPath: z.string(), version: z.string(), knownFlags: z.array(z.string()) });

/** What we know about somebody's folder stands in ours; its help is asked once per version. */
export async function describeAdopted({ paths }: StoreContext, adopted: AdoptedFolder, signal: AbortSignal): Promise<{ engineId: string; modelPathFiles: string[]; knownFlags: readonly string[] }> {
  const engineId = adoptedId(adopted.folder);
  const note = join(paths.adopted, `${engineId}.json`);
  const known = await readJson(note, adoptedNoteSchema);
  const isKnown = known?.version === adopted.version && known.pythonPath === adopted.pythonPath && known.folder === adopted.folder;
  const knownFlags = isKnown ? known.knownFlags : await askKnownFlags({ pythonPath: adopted.pythonPath, mainPath: adopted.mainPath, workDir: await madeFolder(paths), signal });
  if (!isKnown) await writeJson(note, { folder: adopted.folder, pythonPath: adopted.pythonPath, version: adopted.version, knownFlags });
  const modelPathFiles = [];
  for (const [index, modelsDir] of adopted.modelDirs.entries()) {
    const file = join(paths.adopted, `${engineId}-models-${index + 1}.yaml`);
    await keepText(file, adoptedModelPaths(modelsDir));
    modelPathFiles.push(file);
  }
  return { engineId, modelPathFiles, knownFlags };
}

const adoptedId = (folder: string): string => `adopted-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;

async function madeFolder(paths: StorePaths): Promise<string> {
  await makeFolder(paths.work);
  return paths.work;
}

/** Written only when it says something else, so that an engine can be started from a full disk. */
async function keepText(path: string, text: string): Promise<void> {
  const found = await readFile(path, 'utf8').catch(() => undefined); // missing or unreadable: written anew
  if (found !== text) await writeText(path, text);
}
