/** Workflows of a user's own for tests, made from one of ours. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadWorkflows } from '#workflows/load-workflows.ts';
import type { Graph } from '#workflows/graph.ts';
import type { Manifest } from '#workflows/manifest.ts';

export interface WorkflowChange {
  /** Of the new one. */
  readonly id: string;
  readonly manifest?: Partial<Manifest>;
  change?(graph: Graph): Graph;
}

/** Writes a changed copy of our workflow `from` into the folder of the user's. */
export async function writeWorkflow(folder: string, from: string, { id, manifest = {}, change = (graph) => graph }: WorkflowChange): Promise<void> {
  const { workflows } = await loadWorkflows();
  const original = workflows.find((workflow) => workflow.manifest.id === from);
  if (!original) throw new Error(`there is no workflow ${from}`);
  const graph = change(structuredClone(original.graph));
  await mkdir(join(folder, id), { recursive: true });
  await writeFile(join(folder, id, 'workflow.json'), JSON.stringify(graph));
  const nodeClasses = [...new Set(Object.values(graph).map((node) => node.class_type))].sort();
  await writeFile(join(folder, id, 'manifest.json'), JSON.stringify({ ...original.manifest, nodeClasses, ...manifest, id }));
}
