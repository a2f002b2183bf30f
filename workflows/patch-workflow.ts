/** Puts named values into a graph. Pure: the graph that comes in is never changed. */
import { AdgenError } from '#core/contract/errors.ts';
import type { Graph } from './graph.ts';
import type { Manifest, WorkflowInput } from './manifest.ts';

export type InputValue = string | number | boolean;

export interface PatchRequest {
  readonly graph: Graph;
  readonly manifest: Manifest;
  /** By the manifest's names. What is left out keeps the graph's value, unless the manifest requires it. */
  readonly values: Readonly<Record<string, InputValue>>;
  /** Unique per job: files are written under `adgen/<jobId>/`. An identical graph would be answered from the cache, with old files. */
  readonly jobId: string;
}

const JOB_ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** Files of a job are found under this prefix in the server's output folder. */
export function outputPrefix(jobId: string): string {
  if (!JOB_ID.test(jobId)) throw new AdgenError('BAD_INPUT', `"${jobId}" cannot name a job; use small letters, digits and -.`);
  return `adgen/${jobId}`;
}

/** The graph with all values set and every file name prefix unique. Throws BAD_INPUT for a name that is unknown or a value that is out of range. */
export function patchWorkflow({ graph, manifest, values, jobId }: PatchRequest): Graph {
  const fields = new Map<string, Map<string, InputValue>>();
  const set = (node: string, field: string, value: InputValue): void => {
    if (!Object.hasOwn(graph, node)) throw new AdgenError('BAD_INPUT', `The manifest of ${manifest.id} names node "${node}", which the graph lacks; correct its manifest.json.`);
    const known = fields.get(node) ?? new Map<string, InputValue>();
    fields.set(node, known.set(field, value));
  };
  for (const { node, field, prefix } of prefixes(graph, manifest, outputPrefix(jobId))) set(node, field, prefix);
  for (const name of Object.keys(values)) {
    if (!Object.hasOwn(manifest.inputs, name)) throw new AdgenError('BAD_INPUT', `${manifest.id} has no input "${name}"; it takes ${listNames(manifest)}.`, { data: { input: name } });
  }
  for (const [name, input] of Object.entries(manifest.inputs)) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) {
      if (input.isRequired) throw new AdgenError('BAD_INPUT', `${manifest.id} needs the input "${name}"; give it a value.`, { data: { input: name } });
      continue;
    }
    const fault = judgeValue(input, value);
    if (fault) throw new AdgenError('BAD_INPUT', `The input "${name}" of ${manifest.id} ${fault}.`, { data: { input: name } });
    for (const { node, field } of input.targets) set(node, field, value);
  }
  return Object.fromEntries(Object.entries(graph).map(([id, node]) => [id, { ...node, inputs: { ...node.inputs, ...Object.fromEntries(fields.get(id) ?? []) } }]));
}

/** What is wrong with a value ("must be …"), or nothing. */
export function judgeValue(input: WorkflowInput, value: InputValue): string | undefined {
  switch (input.type) {
    case 'text':
      if (typeof value !== 'string') return 'must be text';
      return value.length > input.maxLength ? `is longer than ${input.maxLength} characters; shorten it` : undefined;
    case 'image':
    case 'video':
    case 'audio':
      return typeof value === 'string' && isStoredName(value) ? undefined : 'must be the name of an uploaded file';
    case 'choice':
      return typeof value === 'string' && input.options.includes(value) ? undefined : `must be one of ${input.options.join(', ')}`;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
    case 'seed':
      return isWhole(value) && value >= 0 && value <= input.max ? undefined : `must be a whole number from 0 to ${input.max}`;
    case 'int':
    case 'float':
      return judgeNumber(input, value);
  }
}

/** The allowed number that lies nearest to the wanted one: whole steps from `min`, inside the range. */
export function nearestAllowed(input: Extract<WorkflowInput, { type: 'int' | 'float' }>, wanted: number): number {
  const step = input.step ?? (input.type === 'int' ? 1 : 0);
  const clamped = Math.min(input.max, Math.max(input.min, Number.isFinite(wanted) ? wanted : input.min));
  if (step === 0) return clamped;
  const lastStep = Math.floor((input.max - input.min) / step + 1e-9);
  // Six decimals hide what binary fractions add: 0.1 + 2 × 0.1.
  return Number((input.min + Math.min(lastStep, Math.round((clamped - input.min) / step)) * step).toFixed(6));
}

function judgeNumber(input: Extract<WorkflowInput, { type: 'int' | 'float' }>, value: InputValue): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value) || (input.type === 'int' && !Number.isInteger(value))) return `must be a ${input.type === 'int' ? 'whole ' : ''}number`;
  if (value < input.min || value > input.max) return `must lie between ${input.min} and ${input.max}`;
  const steps = input.step === undefined ? 0 : (value - input.min) / input.step;
  return Math.abs(steps - Math.round(steps)) > 1e-6 ? `must be ${input.min} plus a multiple of ${input.step}` : undefined;
}

function isWhole(value: InputValue): value is number {
  return typeof value === 'number' && Number.isInteger(value);
}

// The server resolves the name inside its input folder; a path that leaves it is refused here already.
function isStoredName(value: string): boolean {
  return value !== '' && value.length <= 512 && !/^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|[\u0000-\u001f]/.test(value);
}

interface PrefixField {
  readonly node: string;
  readonly field: string;
  readonly prefix: string;
}

function prefixes(graph: Graph, manifest: Manifest, folder: string): PrefixField[] {
  const named = Object.entries(manifest.outputs).map(([name, output]) => ({ node: output.node, field: output.prefixField, prefix: `${folder}/${name}` }));
  const taken = new Set(named.map(({ node }) => node));
  // Savers that the manifest does not name still write files, and must neither collide nor escape.
  const others = Object.entries(graph).filter(([id, node]) => !taken.has(id) && typeof node.inputs['filename_prefix'] === 'string');
  return [...named, ...others.map(([node], index) => ({ node, field: 'filename_prefix', prefix: `${folder}/other-${index + 1}` }))];
}

function listNames(manifest: Manifest): string {
  return Object.keys(manifest.inputs).join(', ') || 'no inputs';
}
