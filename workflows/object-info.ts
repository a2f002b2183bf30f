/**
 * Reads what a server says about its node classes (`GET /object_info`). Two spellings of a choice are in use: the list itself
 * (`[["a", "b"], {…}]`) and `["COMBO", {"options": [...]}]`. Nothing here throws: what cannot be read counts as "anything goes".
 */
import { isRecord } from './graph.ts';

export interface InputSpec {
  readonly kind: 'int' | 'float' | 'string' | 'boolean' | 'choice' | 'branch' | 'link' | 'any';
  /** The server's type name: IMAGE, MODEL, INT …; several are joined by commas. */
  readonly type: string;
  readonly isRequired: boolean;
  readonly min?: number;
  readonly max?: number;
  /** Of a choice or a branch. */
  readonly options: readonly string[];
  /** The choice lists files that are uploaded before a job; it is filled in for every job. */
  readonly isUpload: boolean;
  /** Of a branch (dynamic combo): the inputs that each option brings along. */
  readonly branches: ReadonlyMap<string, ReadonlyMap<string, InputSpec>>;
}

export interface NodeClass {
  readonly inputs: ReadonlyMap<string, InputSpec>;
  readonly outputs: readonly string[];
  readonly isOutput: boolean;
}

/** Branches nest (format → codec → encoding); deeper than this no real node goes. */
const MAX_DEPTH = 6;

const WIDGETS: ReadonlyMap<string, InputSpec['kind']> = new Map([['INT', 'int'], ['FLOAT', 'float'], ['STRING', 'string'], ['BOOLEAN', 'boolean'], ['COMBO', 'choice'], ['COMFY_DYNAMICCOMBO_V3', 'branch']]);

/** The class as this server has it, or undefined when it lacks it. */
export function readNodeClass(objectInfo: unknown, className: string): NodeClass | undefined {
  if (!isRecord(objectInfo) || !Object.hasOwn(objectInfo, className)) return undefined;
  const entry = objectInfo[className];
  if (!isRecord(entry)) return undefined;
  return { inputs: readInputs(entry['input'], 0), outputs: readOutputs(entry['output']), isOutput: entry['output_node'] === true };
}

/** Says whether this is an answer of `/object_info` at all. */
export function isObjectInfo(value: unknown): boolean {
  return isRecord(value) && Object.values(value).some((entry) => isRecord(entry) && isRecord(entry['input']) && Array.isArray(entry['output']));
}

function readInputs(input: unknown, depth: number): Map<string, InputSpec> {
  const specs = new Map<string, InputSpec>();
  if (!isRecord(input)) return specs;
  for (const [group, isRequired] of [['optional', false], ['required', true]] as const) {
    const fields = input[group];
    if (!isRecord(fields)) continue;
    for (const [field, spec] of Object.entries(fields)) specs.set(field, readInput(spec, isRequired, depth));
  }
  return specs;
}

function readInput(spec: unknown, isRequired: boolean, depth: number): InputSpec {
  const [type, details]: unknown[] = Array.isArray(spec) ? spec : [];
  const options = isRecord(details) ? details : {};
  const base = { isRequired, options: [], isUpload: isUpload(options), branches: new Map<string, ReadonlyMap<string, InputSpec>>() };
  if (Array.isArray(type)) return { ...base, kind: 'choice', type: 'COMBO', options: texts(type) };
  if (typeof type !== 'string') return { ...base, kind: 'any', type: '*' };
  const kind = WIDGETS.get(type) ?? (type === '*' || type.startsWith('COMFY_') ? 'any' : 'link');
  if (kind === 'choice') return Array.isArray(options['options']) ? { ...base, kind, type, options: texts(options['options']) } : { ...base, kind: 'any', type };
  if (kind === 'branch') return { ...base, kind, type, ...readBranches(options['options'], depth) };
  return { ...base, kind, type, ...limit('min', options), ...limit('max', options) };
}

function readBranches(options: unknown, depth: number): Pick<InputSpec, 'options' | 'branches'> {
  const branches = new Map<string, ReadonlyMap<string, InputSpec>>();
  if (!Array.isArray(options) || depth >= MAX_DEPTH) return { options: [], branches };
  for (const option of options as unknown[]) {
    if (isRecord(option) && typeof option['key'] === 'string') branches.set(option['key'], readInputs(option['inputs'], depth + 1));
  }
  return { options: [...branches.keys()], branches };
}

function readOutputs(output: unknown): string[] {
  // An output that is a choice is given as its list.
  return Array.isArray(output) ? output.map((type: unknown) => (typeof type === 'string' ? type : Array.isArray(type) ? 'COMBO' : '*')) : [];
}

function isUpload(options: Record<string, unknown>): boolean {
  return ['image_upload', 'video_upload', 'audio_upload', 'animated_image_upload', 'file_upload'].some((flag) => options[flag] === true);
}

function limit(name: 'min' | 'max', options: Record<string, unknown>): { min?: number; max?: number } {
  const value = options[name];
  return typeof value === 'number' ? { [name]: value } : {};
}

function texts(values: readonly unknown[]): string[] {
  return values.filter((value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean').map(String);
}
