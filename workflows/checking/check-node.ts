/** One node against its class: required inputs, links, values. The rules are the server's own (`value_not_in_list`, `return_type_mismatch` …). */
import { isLink, isRecord } from '../graph.ts';
import type { Graph, GraphLink, GraphNode } from '../graph.ts';
import { isModelFile, matchModel } from './match-model.ts';
import type { InputSpec, NodeClass } from '../object-info.ts';
import { quote } from './problems.ts';
import type { Problem, Rename } from './problems.ts';

/**
 * Types that only a node can give. Others may be widgets of the editor (COLOR, WEBCAM, LOAD_3D, "FLOAT,INT" …), whose values stand in the
 * graph and which the server takes as they are.
 */
const DATA_TYPES: ReadonlySet<string> = new Set([
  'MODEL', 'CLIP', 'VAE', 'CONDITIONING', 'LATENT', 'IMAGE', 'MASK', 'AUDIO', 'VIDEO', 'NOISE', 'GUIDER', 'SAMPLER', 'SIGMAS', 'CONTROL_NET', 'STYLE_MODEL', 'CLIP_VISION',
  'CLIP_VISION_OUTPUT', 'UPSCALE_MODEL', 'LATENT_UPSCALE_MODEL', 'BACKGROUND_REMOVAL', 'INTERP_MODEL', 'AUDIO_ENCODER', 'AUDIO_ENCODER_OUTPUT', 'MODEL_PATCH', 'GLIGEN', 'PHOTOMAKER', 'HOOKS',
]);

export interface MissingFile {
  readonly nodeId: string;
  readonly field: string;
  readonly file: string;
}

export interface NodeFindings {
  readonly problems: Problem[];
  readonly missingFiles: MissingFile[];
  readonly renames: Rename[];
}

export interface NodeContext {
  readonly graph: Graph;
  readonly classOf: (className: string) => NodeClass | undefined;
  /** Fields that are filled in for every job, as `node field`. */
  readonly isFilledIn: (nodeId: string, field: string) => boolean;
}

/** Everything that the server would refuse about this node, and more: model names that it has under another spelling. */
export function checkNode(id: string, node: GraphNode, nodeClass: NodeClass, context: NodeContext): NodeFindings {
  const found: NodeFindings = { problems: [], missingFiles: [], renames: [] };
  for (const [field, spec] of expandBranches(node, nodeClass)) {
    if (!Object.hasOwn(node.inputs, field)) {
      if (spec.isRequired && !isGiven(node, field, spec)) found.problems.push({ code: 'INPUT_MISSING', nodeId: id, field, message: `Node ${id} (${node.class_type}) lacks its input "${field}".` });
      continue;
    }
    const value = node.inputs[field];
    if (isLink(value)) checkLink(id, node, field, value, spec, context, found);
    else if (!context.isFilledIn(id, field)) checkValue(id, node, field, value, spec, found);
  }
  return found;
}

/** The class's inputs, with those that chosen branches bring along under their dotted names (`format.quality`). */
function expandBranches(node: GraphNode, nodeClass: NodeClass): [string, InputSpec][] {
  const all: [string, InputSpec][] = [];
  const open: [string, InputSpec][] = [...nodeClass.inputs];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    all.push(next);
    const [field, spec] = next;
    const chosen = spec.kind === 'branch' ? node.inputs[field] : undefined;
    if (typeof chosen !== 'string') continue;
    for (const [name, child] of spec.branches.get(chosen) ?? []) open.push([`${field}.${name}`, child]);
  }
  return all;
}

/** Given under another name: a growing list as `images.a`, `images.b` (or left empty); `format.codec` as `codec`, which servers on both sides of 0.34 take. */
function isGiven(node: GraphNode, field: string, spec: InputSpec): boolean {
  const dot = field.lastIndexOf('.');
  return spec.type.includes('AUTOGROW') || (dot >= 0 && Object.hasOwn(node.inputs, field.slice(dot + 1)));
}

function checkLink(id: string, node: GraphNode, field: string, [source, output]: GraphLink, spec: InputSpec, context: NodeContext, found: NodeFindings): void {
  const place = `Input "${field}" of node ${id} (${node.class_type})`;
  const from = Object.hasOwn(context.graph, source) ? context.graph[source] : undefined;
  if (!from) {
    found.problems.push({ code: 'LINK_MISSING', nodeId: id, field, message: `${place} comes from node ${quote(source)}, which does not exist.` });
    return;
  }
  const sourceClass = context.classOf(from.class_type);
  if (!sourceClass) return;
  const type = sourceClass.outputs[output];
  if (type === undefined) {
    found.problems.push({ code: 'LINK_OUTPUT_MISSING', nodeId: id, field, message: `${place} comes from output ${output} of node ${source} (${from.class_type}), which has ${sourceClass.outputs.length}.` });
  } else if (!isCompatible(type, spec)) {
    found.problems.push({ code: 'LINK_TYPE', nodeId: id, field, message: `${place} takes ${spec.type}, but node ${source} (${from.class_type}) gives ${type}.` });
  }
}

function isCompatible(type: string, spec: InputSpec): boolean {
  if (spec.kind === 'any' || type === '*' || type.startsWith('COMFY_')) return true;
  // A list may be fed by any node that gives text or a choice of its own.
  if (spec.kind === 'choice' || spec.kind === 'branch') return type === 'COMBO' || type === 'STRING';
  const wanted = new Set(spec.type.split(',').map((part) => part.trim()));
  return wanted.has('*') || type.split(',').some((part) => wanted.has(part.trim()) || part.trim() === '*');
}

function checkValue(id: string, node: GraphNode, field: string, value: unknown, spec: InputSpec, found: NodeFindings): void {
  const place = `Input "${field}" of node ${id} (${node.class_type})`;
  const refuse = (code: Problem['code'], rest: string): void => void found.problems.push({ code, nodeId: id, field, message: `${place} ${rest}.` });
  // A list is wrapped so that it is not taken for a link.
  if (spec.kind === 'any' || (isRecord(value) && Object.hasOwn(value, '__value__'))) return;
  if (spec.kind === 'link') return DATA_TYPES.has(spec.type) ? refuse('INPUT_TYPE', `must be linked to a node that gives ${spec.type}`) : undefined;
  if (spec.kind === 'boolean') return isRecord(value) || Array.isArray(value) || value === null ? refuse('INPUT_TYPE', 'must be true or false') : undefined;
  if (spec.kind === 'string') return isScalar(value) ? undefined : refuse('INPUT_TYPE', 'must be text');
  if (spec.kind === 'int' || spec.kind === 'float') return checkNumber(value, spec, refuse);
  if (!isScalar(value)) return refuse('INPUT_TYPE', 'must be one of the server\'s choices');
  const text = String(value);
  if (spec.isUpload || spec.options.includes(text)) return;
  const match = matchModel(text, spec.options);
  if (match !== undefined) found.renames.push({ nodeId: id, field, from: text, to: match });
  else if (isModelFile(text)) found.missingFiles.push({ nodeId: id, field, file: text });
  else refuse('INPUT_CHOICE', `is ${quote(text)}, which this server does not offer`);
}

function checkNumber(value: unknown, spec: InputSpec, refuse: (code: Problem['code'], rest: string) => void): void {
  // The server converts text such as "20" as well.
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number) || (spec.kind === 'int' && !Number.isFinite(number))) return refuse('INPUT_TYPE', `must be a ${spec.kind === 'int' ? 'whole ' : ''}number, not ${quote(value)}`);
  if ((spec.min !== undefined && number < spec.min) || (spec.max !== undefined && number > spec.max)) refuse('INPUT_RANGE', `is ${number}, outside ${spec.min ?? '…'} to ${spec.max ?? '…'}`);
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
