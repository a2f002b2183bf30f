/**
 * A ComfyUI graph in API format: node id → class, inputs, title. An input is a value or a link `[node id, output index]`.
 * Everything here takes what came from a file as it is; nothing is trusted before `parseGraph`.
 */
import { AdgenError } from '#core/contract/errors.ts';

export type GraphLink = readonly [nodeId: string, output: number];

export interface GraphNode {
  readonly class_type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly _meta?: { readonly title?: string };
}

export type Graph = Readonly<Record<string, GraphNode>>;

/** A graph that is larger than this is not a workflow; the server would refuse the body or choke on it. */
export const MAX_GRAPH_BYTES = 10_000_000;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `["12", 0]`. The server takes numbers for node ids too, but then looks for the text. */
export function isLink(value: unknown): value is GraphLink {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'number' && Number.isInteger(value[1]);
}

/** A node that can be sent. One without `inputs` kills the server's worker thread for good, so it never passes. */
export function isNode(value: unknown): value is GraphNode {
  return isRecord(value) && typeof value['class_type'] === 'string' && value['class_type'] !== '' && isRecord(value['inputs']);
}

/** A graph as the editor saves it for itself: it cannot be queued. */
export function isEditorFormat(value: unknown): boolean {
  return isRecord(value) && Array.isArray(value['nodes']) && Array.isArray(value['links']);
}

/** The text of a `workflow.json` as a value. Throws BAD_INPUT with one sentence and what to do. */
export function parseGraphText(text: string, name: string): unknown {
  if (text.length > MAX_GRAPH_BYTES || new TextEncoder().encode(text).byteLength > MAX_GRAPH_BYTES) {
    throw new AdgenError('BAD_INPUT', `${name} is larger than ${MAX_GRAPH_BYTES / 1_000_000} MB; take embedded images and data out of the workflow.`, { data: { isTooBig: true } });
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/u, '')) as unknown;
  } catch {
    throw new AdgenError('BAD_INPUT', `${name} is not JSON; export the workflow again in API format.`);
  }
}

/** The same value as a graph whose nodes can all be sent. Throws BAD_INPUT that names the first fault. */
export function parseGraph(value: unknown, name: string): Graph {
  if (isEditorFormat(value)) throw new AdgenError('BAD_INPUT', `${name} is in the editor's own format; export it with "Export (API)".`);
  if (!isRecord(value) || Object.keys(value).length === 0) throw new AdgenError('BAD_INPUT', `${name} holds no nodes; export the workflow again in API format.`);
  for (const [id, node] of Object.entries(value)) {
    if (!isNode(node)) throw new AdgenError('BAD_INPUT', `Node ${id} of ${name} has no class or no inputs; export the workflow again in API format.`, { data: { nodeId: id } });
  }
  return value as Graph;
}

/** Title of a node as the user wrote it in the editor; empty when there is none. */
export function titleOf(node: GraphNode): string {
  const title: unknown = isRecord(node._meta) ? node._meta['title'] : undefined;
  return typeof title === 'string' ? title : '';
}
