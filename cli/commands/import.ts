/** `adgen import`: a delivery ZIP → a project of this machine, ready to render or edit. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { importDelivery } from '#engine/exports/import-delivery.ts';
import { printNote, printResult } from '../terminal.ts';
import { withEngine } from '../with-engine.ts';

export function addImportCommand(program: Command): void {
  program
    .command('import')
    .description('take a delivery.zip into the project history')
    .argument('<zip>', 'delivery ZIP')
    .option('--data <dir>', 'where projects and artifacts are kept')
    .option('--json', 'print JSON')
    .action(async (zip: string, options: { data?: string; json?: boolean }) => {
      await withEngine(options, async (engine) => {
        const { project, assets } = await importDelivery(resolve(zip), engine);
        if (options.json) printResult(JSON.stringify({ projectId: project.id, name: project.name, assets }, null, 2));
        else printNote(`Imported "${project.name}" (${project.id}) with ${assets} files. Render it with "adgen render --project <its adproject.json> --out out".`);
      });
    });
}
