/** `adgen workflows list`: ours and the user's own, with what each needs. */
import { formatBytes } from '#sidecar/provision/space.ts';
import { loadCatalogue } from '#sidecar/models/catalogue.ts';
import { loadWorkflows } from '#workflows/load-workflows.ts';
import type { Workflow } from '#workflows/load-workflows.ts';
import { oneLine, printNote, printResult } from '../terminal.ts';
import type { CommonOptions } from './common-options.ts';
import { pathsOf } from './open-store.ts';

export async function listWorkflows(options: CommonOptions): Promise<void> {
  const { workflowsDir } = pathsOf(options);
  const { workflows, faults } = await loadWorkflows(workflowsDir);
  if (options.json) return printResult(JSON.stringify({ workflows: workflows.map(describeWorkflow), faults }, null, 2));
  const width = Math.max(...workflows.map(({ manifest }) => manifest.id.length));
  for (const workflow of workflows) {
    const { id, title, capability, vramTierGb, modelBytes, source, minServerVersion } = describeWorkflow(workflow);
    const needs = [vramTierGb === 0 ? 'no GPU needed' : `${vramTierGb} GB of GPU memory`, modelBytes === 0 ? 'no models' : `models of ${formatBytes(modelBytes)}`, `ComfyUI ${minServerVersion}`];
    printResult(oneLine(`${id.padEnd(width)}  ${capability.padEnd(14)}  ${title} (${needs.join(', ')}${source === 'user' ? ', your own' : ''})`));
  }
  for (const { message } of faults) printNote(`left out: ${oneLine(message, 1000)}`);
  printNote(`Your own go into ${workflowsDir}, one folder each.`);
}

function describeWorkflow({ manifest, source, folder, hash }: Workflow) {
  const { id, title, capability, models, nodeClasses, vram, timeNote, minServerVersion } = manifest;
  const modelBytes = loadCatalogue().filter((model) => models.includes(model.id)).reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  return { id, title, capability, source, folder, hash, minServerVersion, vramTierGb: vram.tierGb, offloadTierGb: vram.offloadTierGb, vramNote: vram.note, timeNote, models, modelBytes, nodeClasses };
}
