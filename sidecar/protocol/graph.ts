/** A graph in API format, and what is done to it before it is sent. */
import { z } from 'zod';

const nodeSchema = z.looseObject({ class_type: z.string(), inputs: z.record(z.string(), z.unknown()).default({}) });
export const graphSchema = z.record(z.string(), nodeSchema);

export interface GraphNode {
  readonly class_type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}
export type Graph = Readonly<Record<string, GraphNode>>;

/** A link to output `index` of node `from`, or undefined for a plain value. */
export function readLink(value: unknown): { readonly from: string; readonly index: number } | undefined {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [from, index] = value as [unknown, unknown];
  return typeof from === 'string' && Number.isInteger(index) ? { from, index: index as number } : undefined;
}

/** Where the files of one prompt go, below the engine's output folder. */
export function folderOf(promptId: string): string {
  return `adgen/${promptId}`;
}

/**
 * The graph as it is sent: every saving node writes into a folder of this prompt's own. With the same prefix the server would answer
 * from its cache, name files of an earlier run and write none. A node without `inputs` would end the server's worker thread.
 */
export function prepareGraph(graph: Graph, promptId: string): Graph {
  return Object.fromEntries(Object.entries(graph).map(([id, node]) => {
    const prefix = node.inputs?.['filename_prefix'];
    const inputs = typeof prefix === 'string' ? { ...node.inputs, filename_prefix: `${folderOf(promptId)}/${baseName(prefix)}` } : { ...node.inputs };
    return [id, { ...node, inputs }];
  }));
}

function baseName(prefix: string): string {
  const name = prefix.split(/[\\/]/).at(-1) ?? '';
  return name === '' || name === '.' || name === '..' ? 'out' : name;
}
