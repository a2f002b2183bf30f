/**
 * Checks a graph against a server before anything is queued. The server itself names only the first missing node class and
 * stops there; this finds everything at once. Pure, and it never throws, whatever the file or the server says.
 */
import { AdgenError } from '#core/contract/errors.ts';
import { checkNode } from './checking/check-node.ts';
import type { MissingFile } from './checking/check-node.ts';
import { findCycle } from './checking/find-cycles.ts';
import { isOlder } from './checking/versions.ts';
import { MAX_PROBLEMS, quote } from './checking/problems.ts';
import type { Problem, Rename } from './checking/problems.ts';
import { writeReport } from './checking/report.ts';
import type { KnownModel, WorkflowReport } from './checking/report.ts';
import { isEditorFormat, isNode, isRecord, parseGraphText } from './graph.ts';
import type { Graph, GraphNode } from './graph.ts';
import type { Manifest } from './manifest.ts';
import { isObjectInfo, readNodeClass } from './object-info.ts';
import type { NodeClass } from './object-info.ts';

export interface CheckRequest {
  /** The answer of `GET /object_info`, as it came. */
  readonly objectInfo: unknown;
  readonly manifest?: Manifest;
  /** Of the model catalogue; gives missing files their size, licence and source. */
  readonly models?: readonly KnownModel[];
  /** Of `GET /system_stats`, e.g. `0.33.0`. */
  readonly serverVersion?: string;
}

/** More nodes than any real graph has; beyond this the server would be busy with validation alone. */
const MAX_NODES = 20_000;

/** Checks the text of a `workflow.json`. */
export function checkWorkflowText(text: string, name: string, request: CheckRequest): WorkflowReport {
  try {
    return checkWorkflow(parseGraphText(text, name), request);
  } catch (error) {
    if (!(error instanceof AdgenError)) throw error;
    return writeReport({ problems: [{ code: error.data['isTooBig'] === true ? 'GRAPH_TOO_BIG' : 'GRAPH_UNREADABLE', message: error.message }], request });
  }
}

/** Checks a parsed graph. */
export function checkWorkflow(graph: unknown, request: CheckRequest): WorkflowReport {
  const unfit = judgeWhole(graph);
  if (unfit || !isRecord(graph)) return writeReport({ problems: unfit ? [unfit] : [], request });
  const problems: Problem[] = [];
  const nodes: [string, GraphNode][] = [];
  for (const [id, node] of Object.entries(graph)) {
    if (isNode(node)) nodes.push([id, node]);
    else problems.push({ code: 'NODE_BROKEN', nodeId: id, message: `Node ${quote(id)} has no class or no inputs.` });
  }
  const sound: Graph = Object.fromEntries(nodes);
  if (!isObjectInfo(request.objectInfo)) problems.push({ code: 'SERVER_UNREADABLE', message: 'The server did not say which nodes it has; check that the address is ComfyUI\'s.' });
  problems.push(...checkWholeGraph(sound, request));
  return writeReport({ ...checkNodes(graph, sound, request, problems), request });
}

/** The graph with the server's own spelling of its model files. Pure. */
export function applyRenames(graph: Graph, renames: readonly Rename[]): Graph {
  const byNode = Map.groupBy(renames, (rename) => rename.nodeId);
  return Object.fromEntries(Object.entries(graph).map(([id, node]) => {
    const changes = byNode.get(id);
    return [id, changes ? { ...node, inputs: { ...node.inputs, ...Object.fromEntries(changes.map(({ field, to }) => [field, to])) } } : node];
  }));
}

function judgeWhole(graph: unknown): Problem | undefined {
  if (isEditorFormat(graph)) return { code: 'EDITOR_FORMAT', message: 'The workflow is in the editor\'s own format, not in API format.' };
  if (!isRecord(graph)) return { code: 'GRAPH_UNREADABLE', message: 'The workflow is not a graph of nodes.' };
  const count = Object.keys(graph).length;
  if (count === 0) return { code: 'GRAPH_EMPTY', message: 'The workflow holds no nodes.' };
  return count > MAX_NODES ? { code: 'GRAPH_TOO_BIG', message: `The workflow has ${count} nodes; ${MAX_NODES} is the most that is accepted.` } : undefined;
}

function checkWholeGraph(graph: Graph, { manifest, serverVersion }: CheckRequest): Problem[] {
  const problems: Problem[] = [];
  const cycle = findCycle(graph);
  if (cycle.length > 0) problems.push({ code: 'CYCLE', nodeId: cycle[0] ?? '', message: `The nodes ${cycle.slice(0, 10).map(quote).join(', ')}${cycle.length > 10 ? ` and ${cycle.length - 10} more` : ''} wait for each other in a circle.` });
  if (manifest && serverVersion !== undefined && isOlder(serverVersion, manifest.minServerVersion)) {
    problems.push({ code: 'SERVER_TOO_OLD', message: `${manifest.title} needs ComfyUI ${manifest.minServerVersion} or newer; this server is ${quote(serverVersion)}.` });
  }
  for (const [name, places] of manifestPlaces(manifest)) {
    const lost = places.find((node) => !Object.hasOwn(graph, node));
    if (lost !== undefined) problems.push({ code: 'MANIFEST_NODE_MISSING', message: `The manifest's "${name}" belongs to node ${quote(lost)}, which the graph lacks.` });
  }
  return problems;
}

function manifestPlaces(manifest: Manifest | undefined): [string, string[]][] {
  if (!manifest) return [];
  const inputs = Object.entries(manifest.inputs).map(([name, input]): [string, string[]] => [name, input.targets.map((target) => target.node)]);
  return [...inputs, ...Object.entries(manifest.outputs).map(([name, output]): [string, string[]] => [name, [output.node]])];
}

interface Findings {
  readonly problems: Problem[];
  readonly hiddenProblems: number;
  readonly missingClasses: ReadonlyMap<string, string[]>;
  readonly missingFiles: readonly MissingFile[];
  readonly renames: readonly Rename[];
}

function checkNodes(all: Record<string, unknown>, graph: Graph, request: CheckRequest, problems: Problem[]): Findings {
  const classes = new Map<string, NodeClass | undefined>();
  const classOf = (name: string): NodeClass | undefined => {
    if (!classes.has(name)) classes.set(name, readNodeClass(request.objectInfo, name));
    return classes.get(name);
  };
  const missingClasses = new Map<string, string[]>();
  const missingFiles: MissingFile[] = [];
  const renames: Rename[] = [];
  const filledIn = fieldsOfFiles(request.manifest);
  // A link to a broken node is not lost: the node is there, and reported.
  const known: Graph = Object.fromEntries(Object.keys(all).map((id) => [id, (Object.hasOwn(graph, id) ? graph[id] : undefined) ?? { class_type: '', inputs: {} }]));
  let hasOutput = false;
  for (const [id, node] of Object.entries(graph)) {
    const nodeClass = classOf(node.class_type);
    if (!nodeClass) {
      const users = missingClasses.get(node.class_type);
      if (users) users.push(id);
      else missingClasses.set(node.class_type, [id]);
      continue;
    }
    hasOutput ||= nodeClass.isOutput;
    const found = checkNode(id, node, nodeClass, { graph: known, classOf, isFilledIn: (nodeId, field) => filledIn.has(`${nodeId} ${field}`) });
    problems.push(...found.problems);
    missingFiles.push(...found.missingFiles);
    renames.push(...found.renames);
  }
  if (!hasOutput && missingClasses.size === 0) problems.push({ code: 'NO_OUTPUT', message: 'No node of the workflow saves anything.' });
  return { problems: problems.slice(0, MAX_PROBLEMS), hiddenProblems: Math.max(0, problems.length - MAX_PROBLEMS), missingClasses, missingFiles, renames };
}

function fieldsOfFiles(manifest: Manifest | undefined): Set<string> {
  const inputs = Object.values(manifest?.inputs ?? {}).filter((input) => input.type === 'image' || input.type === 'video' || input.type === 'audio');
  return new Set(inputs.flatMap((input) => input.targets.map(({ node, field }) => `${node} ${field}`)));
}
