/** Refuses prompts for the reasons and in the words of the real server's validation, as far as a client can tell the difference. Pure. */
import { readLink } from '#sidecar/protocol/graph.ts';
import type { Graph } from '#sidecar/protocol/graph.ts';
import { isInputFile } from './signatures.ts';
import type { RecordedInput, RecordedNode, Signatures } from './signatures.ts';

export interface Complaint {
  readonly type: string;
  readonly message: string;
  readonly details: string;
  readonly extra_info: Readonly<Record<string, unknown>>;
}

export interface NodeComplaints {
  readonly errors: readonly Complaint[];
  readonly dependent_outputs: readonly string[];
  readonly class_type: string;
}

export type Validation =
  | { readonly isValid: true; readonly outputs: readonly string[]; readonly nodeErrors: Readonly<Record<string, NodeComplaints>> }
  | { readonly isValid: false; readonly error: Complaint; readonly nodeErrors: Readonly<Record<string, NodeComplaints>> };

interface Context {
  readonly graph: Graph;
  readonly signatures: Signatures;
  readonly inputFiles: readonly string[];
}

/** Some valid outputs are enough for the server; the others are dropped and only mentioned. */
export function validatePrompt(graph: Graph, signatures: Signatures, inputFiles: readonly string[]): Validation {
  const context = { graph, signatures, inputFiles };
  for (const [id, node] of Object.entries(graph)) {
    if (signatures[node.class_type] !== undefined) continue;
    return { isValid: false, nodeErrors: {}, error: complain('missing_node_type', `Node '${node.class_type}' not found. The custom node may not be installed.`, `Node ID '#${id}'`, { node_id: id, class_type: node.class_type }) };
  }
  const outputs = Object.keys(graph).filter((id) => signatures[graph[id]?.class_type ?? '']?.output_node);
  if (outputs.length === 0) return { isValid: false, nodeErrors: {}, error: complain('prompt_no_outputs', 'Prompt has no outputs', '') };
  const nodeErrors: Record<string, NodeComplaints> = {};
  const valid = outputs.filter((output) => {
    const before = Object.keys(nodeErrors).length;
    const isFine = visit(context, output, output, [], nodeErrors);
    return isFine && Object.keys(nodeErrors).length === before;
  });
  if (valid.length === 0) return { isValid: false, nodeErrors, error: complain('prompt_outputs_failed_validation', 'Prompt outputs failed validation', '') };
  return { isValid: true, outputs: valid, nodeErrors };
}

function visit(context: Context, id: string, output: string, path: readonly string[], found: Record<string, NodeComplaints>): boolean {
  const node = context.graph[id];
  const signature = context.signatures[node?.class_type ?? ''];
  if (node === undefined || signature === undefined) return false;
  const note = (errors: readonly Complaint[]): void => {
    const known = found[id];
    found[id] = { errors: known?.errors ?? errors, dependent_outputs: [...new Set([...(known?.dependent_outputs ?? []), output])], class_type: node.class_type };
  };
  if (path.includes(id)) {
    note([complain('dependency_cycle', 'Dependency cycle detected', [...path, id].join(' -> '))]);
    return false;
  }
  const errors = judgeNode(context, node.class_type, signature, node.inputs);
  if (errors.length > 0) note(errors);
  const links = Object.values(node.inputs).flatMap((value) => readLink(value)?.from ?? []);
  const areParentsFine = [...new Set(links)].filter((from) => from in context.graph).map((from) => visit(context, from, output, [...path, id], found)).every(Boolean);
  return errors.length === 0 && areParentsFine;
}

function judgeNode(context: Context, classType: string, signature: RecordedNode, inputs: Readonly<Record<string, unknown>>): Complaint[] {
  const judge = ([name, spec]: readonly [string, RecordedInput], isRequired: boolean): Complaint[] => {
    const value = inputs[name];
    if (value === undefined) return isRequired ? [complain('required_input_missing', 'Required input is missing', name, { input_name: name })] : [];
    const error = judgeInput(context, classType, inputs, name, spec, value);
    return error === undefined ? [] : [error];
  };
  return [...Object.entries(signature.required).flatMap((entry) => judge(entry, true)), ...Object.entries(signature.optional).flatMap((entry) => judge(entry, false))];
}

function judgeInput(context: Context, classType: string, inputs: Readonly<Record<string, unknown>>, name: string, spec: RecordedInput, value: unknown): Complaint | undefined {
  const extra = { input_name: name, input_config: null, received_value: value };
  if (Array.isArray(value)) return judgeLink(context, name, spec, value);
  if (isInputFile(classType, name)) return context.inputFiles.includes(String(value)) ? undefined : complain('custom_validation_failed', 'Custom validation failed for node', `${name} - Invalid file: ${String(value)}`, extra);
  switch (spec.type) {
    case 'INT': case 'FLOAT': case 'FLOAT,INT': return judgeNumber(name, spec, Number(value), extra);
    case 'COMBO': return spec.options?.includes(value as string) ? undefined : complain('value_not_in_list', 'Value not in list', `${name}: '${String(value)}' not in ${JSON.stringify(spec.options)}`, extra);
    case 'COMFY_DYNAMICCOMBO_V3': return judgeDynamic(inputs, name, spec, value, extra);
    case 'STRING': case 'BOOLEAN': return undefined;
    default: return complain('bad_linked_input', 'Bad linked input, must be a length-2 list of [node_id, slot_index]', name, extra);
  }
}

function judgeNumber(name: string, { min, max }: RecordedInput, value: number, extra: Readonly<Record<string, unknown>>): Complaint | undefined {
  if (Number.isNaN(value)) return complain('invalid_input_type', 'Failed to convert an input value to a number', name, extra);
  if (min !== undefined && value < min) return complain('value_smaller_than_min', `Value ${value} smaller than min of ${min}`, name, extra);
  return max !== undefined && value > max ? complain('value_bigger_than_max', `Value ${value} bigger than max of ${max}`, name, extra) : undefined;
}

/** What a key brings stands under "name.sub", or under "sub" where the node has that input itself. */
function judgeDynamic(inputs: Readonly<Record<string, unknown>>, name: string, spec: RecordedInput, value: unknown, extra: Readonly<Record<string, unknown>>): Complaint | undefined {
  const choice = spec.options?.find((option) => typeof option === 'object' && option.key === value);
  if (typeof choice !== 'object') return complain('value_not_in_list', 'Value not in list', `${name}: '${String(value)}'`, extra);
  const missing = choice.inputs.find((sub) => !sub.endsWith('?') && inputs[`${name}.${sub}`] === undefined && inputs[sub] === undefined);
  return missing === undefined ? undefined : complain('required_input_missing', 'Required input is missing', `${name}.${missing}`, { input_name: `${name}.${missing}` });
}

function judgeLink({ graph, signatures }: Context, name: string, spec: RecordedInput, value: readonly unknown[]): Complaint | undefined {
  const link = readLink(value);
  const from = link && signatures[graph[link.from]?.class_type ?? ''];
  const given = from?.outputs[link?.index ?? -1]?.[0];
  if (given === undefined) return complain('bad_linked_input', 'Bad linked input, must be a length-2 list of [node_id, slot_index]', name, { input_name: name, received_value: value });
  const wanted = spec.type.split(',');
  const fits = given === '*' || spec.type === '*' || given.split(',').some((type) => wanted.includes(type));
  return fits ? undefined : complain('return_type_mismatch', 'Return type mismatch between linked nodes', `${name}, received_type(${given}) mismatch input_type(${spec.type})`, { input_name: name, linked_node: value });
}

function complain(type: string, message: string, details: string, extra: Readonly<Record<string, unknown>> = {}): Complaint {
  return { type, message, details, extra_info: extra };
}
