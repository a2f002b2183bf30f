/**
 * The stages between plan and switch: each fills one part of the engine's folder anew, and the last one writes down every file, with
 * which the engine is whole. A part that was cut off is removed first; ComfyUI's own files are put into place over what is there,
 * because somebody may have laid models beside them.
 */
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../make-folder.ts';
import { renamePatiently } from '../rename-patiently.ts';
import { requireSpace, withDiskErrors } from '../space.ts';
import { readJson, writeJson } from './durable-text.ts';
import { selfTestSchema, writeEngineLock } from './engine-lock.ts';
import { listFiles, walk } from './file-list.ts';
import { flushVolume } from './flush-volume.ts';
import { engineIdOf } from './install-tools.ts';
import type { DeedContext, EnginePlan, InstallTools } from './install-tools.ts';
import { askKnownFlags } from './known-flags.ts';
import type { StageDeeds } from './run-stages.ts';
import { placesOf } from './store-context.ts';
import type { StoreContext } from './store-context.ts';
import { ENGINE_PARTS, enginePaths, pythonIn } from './store-paths.ts';
import type { EnginePaths } from './store-paths.ts';

export interface Making {
  readonly context: StoreContext;
  readonly tools: InstallTools;
  readonly plan: EnginePlan;
}

export function makingDeeds(making: Making): Omit<StageDeeds, 'look' | 'switch'> {
  const { context, tools, plan } = making;
  const engine = enginePaths(context.paths, engineIdOf(plan));
  const places = placesOf(context, engineIdOf(plan));
  const told = (path: string, deed: (context: DeedContext) => Promise<void>) => (deedContext: DeedContext): Promise<void> => withDiskErrors(path, () => deed(deedContext));
  return {
    space: () => requireSpace([{ path: engine.folder, bytes: plan.engineBytes + plan.passingBytes }, { path: context.modelsDir, bytes: plan.modelBytes }], { reserveBytes: context.reserveBytes }),
    uv: told(places.tools, (deed) => tools.getUv(plan, places, deed)),
    python: told(places.base, async (deed) => {
      await makeFolder(engine.folder);
      await rm(places.base, { recursive: true, force: true });
      await tools.installPython(plan, places, deed);
    }),
    source: told(places.comfy, (deed) => putSource(making, engine, deed)),
    packages: told(places.python, async (deed) => {
      await rm(places.python, { recursive: true, force: true });
      await tools.installPackages(plan, places, deed);
    }),
    'self-test': async ({ signal }) => writeJson(engine.selfTest, await tools.selfTest({ pythonPath: pythonIn(engine.python), variant: plan.variant, signal })),
    lock: told(engine.folder, (deed) => lockEngine(making, engine, deed)),
  };
}

/** Fresh files beside, then over: none of them is ever half there, and what is not ComfyUI's stays. */
async function putSource({ context, tools, plan }: Making, engine: EnginePaths, deed: DeedContext): Promise<void> {
  const fresh = join(engine.folder, 'comfy.new');
  await rm(fresh, { recursive: true, force: true });
  await tools.getSource(plan, { ...placesOf(context, engineIdOf(plan)), comfy: fresh }, deed);
  const found = await walk(fresh, ['.']);
  for (const { path } of found) {
    const target = join(engine.comfy, path);
    await makeFolder(dirname(target));
    await renamePatiently(join(fresh, path), target);
  }
  await writeJson(engine.source, found.map(({ path }) => `comfy/${path}`));
  await rm(fresh, { recursive: true, force: true });
}

async function lockEngine({ context, plan }: Making, engine: EnginePaths, { signal, onProgress }: DeedContext): Promise<void> {
  const [selfTest, source] = [await readJson(engine.selfTest, selfTestSchema), await readJson(engine.source, z.array(z.string()))];
  if (selfTest === undefined || source === undefined) throw new Error(`The notes of the installation are missing in "${engine.folder}".`);
  await makeFolder(context.paths.work);
  const knownFlags = await askKnownFlags({ pythonPath: pythonIn(engine.python), mainPath: engine.main, workDir: context.paths.work, signal });
  const ours = new Set(source);
  const found = (await walk(engine.folder, ENGINE_PARTS)).filter(({ path }) => !path.startsWith('comfy/') || ours.has(path));
  const list = await listFiles(engine.folder, found, { signal, onProgress: (fraction) => onProgress(fraction, 'Listing every file') });
  await flushVolume(engine.folder, signal);
  const { platform, variant, comfyVersion, fingerprint } = plan;
  await writeEngineLock(engine.lock, { version: 1, id: engineIdOf(plan), folder: engine.folder, comfyVersion, fingerprint, variant, platform, installedMs: Date.now(), selfTest, knownFlags, ...list });
  for (const note of [engine.selfTest, engine.source, engine.repairing, engine.left]) await rm(note, { force: true });
}
