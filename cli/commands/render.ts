/** `adgen render`: an edited document → its files. */
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { regenerateScene } from '#core/project/regenerate-scene.ts';
import { acceptRender, readDocument } from '#engine/pipeline/accept-request.ts';
import { adoptAssets } from '#engine/exports/adopt-assets.ts';
import { importProject } from '#engine/projects/project-store.ts';
import { collectAssetHashes } from '#engine/storage/asset-hashes.ts';
import { removeDamaged } from '#engine/storage/damage.ts';
import { addEngineOptions } from '../engine-options.ts';
import type { EngineChoice } from '../engine-options.ts';
import { workOnRun } from '../work-on-run.ts';
import { withEngine } from '../with-engine.ts';

interface RenderOptions extends EngineChoice {
  readonly project: string;
  readonly out: string;
  readonly regenerate: readonly string[];
  readonly offline?: boolean;
  readonly data?: string;
  readonly json?: boolean;
}

export function addRenderCommand(program: Command): void {
  const command = program
    .command('render')
    .description('render an edited adproject.json; only what the edit touched is done again')
    .requiredOption('--project <file>', 'the document; photos it needs may lie beside it')
    .requiredOption('--out <dir>', 'where the files go')
    .option('--regenerate <scene>', 'make another backdrop for this scene, e.g. scene_2; give it again for further scenes', (id: string, ids: string[]) => [...ids, id], [])
    .option('--offline', 'never use the network, whatever is configured')
    .option('--data <dir>', 'where projects and artifacts are kept')
    .option('--json', 'print run.json on stdout and nothing else')
    .action((options: RenderOptions) => render(options));
  addEngineOptions(command);
}

async function render(options: RenderOptions): Promise<void> {
  const path = resolve(options.project);
  const document = options.regenerate.reduce(regenerateScene, await readDocument(path));
  await withEngine(options, async (engine, session) => {
    await removeDamaged(collectAssetHashes(document), engine.services.store); // a whole one may lie beside the document
    const complete = await adoptAssets(document, dirname(path), engine.services.store);
    importProject(engine.db, complete); // where the project is here already, what was changed in the file is an edit that can be undone
    const run = await acceptRender(complete, { isOffline: options.offline ?? false, outDir: resolve(options.out), engine: options.engine ?? 'auto', workflows: options.workflow ?? [] }, engine);
    await workOnRun(run.id, engine, session, options);
  });
}
