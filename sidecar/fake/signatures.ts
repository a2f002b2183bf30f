/** The nodes that the fake server has: recorded from ComfyUI 0.33, reduced to those that graphs of ours use, with the models they name. */
import recorded from './node-signatures.json' with { type: 'json' };
import { PROBE_SIGNATURES } from './probe-nodes.ts';

export interface RecordedInput {
  readonly type: string;
  readonly default?: unknown;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** Choices; of a dynamic list, keys with the inputs that each brings ("name?" is optional). */
  readonly options?: readonly (string | number | boolean | { readonly key: string; readonly inputs: readonly string[] })[];
}

export interface RecordedNode {
  readonly module: string;
  readonly required: Readonly<Record<string, RecordedInput>>;
  readonly optional: Readonly<Record<string, RecordedInput>>;
  readonly outputs: readonly (readonly [type: string, name: string])[];
  readonly output_node?: boolean;
}

export type Signatures = Readonly<Record<string, RecordedNode>>;

export const SIGNATURES: Signatures = { ...(recorded as unknown as Signatures), ...PROBE_SIGNATURES };

const FILE_INPUT = /^(image|audio|file)$/;

/** Inputs of Load… nodes that take a file of the server's input folder; their lists are recorded empty. */
export function isInputFile(classType: string, name: string): boolean {
  return /^Load(Image|ImageMask|Video|Audio)$/.test(classType) && FILE_INPUT.test(name);
}

/** As `GET /object_info` tells it. Lists stand in the old form for nodes of the core module and in the new one elsewhere, as on a real server. */
export function tellObjectInfo(signatures: Signatures, inputFiles: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(signatures).map(([name, node]) => [name, {
    input: { required: tellInputs(name, node, node.required, inputFiles), optional: tellInputs(name, node, node.optional, inputFiles) },
    input_order: { required: Object.keys(node.required), optional: Object.keys(node.optional) },
    output: node.outputs.map(([type]) => type),
    output_is_list: node.outputs.map(() => false),
    output_name: node.outputs.map(([, output]) => output),
    name, display_name: name, description: '', python_module: node.module, category: 'fake', output_node: node.output_node ?? false,
  }]));
}

function tellInputs(classType: string, node: RecordedNode, inputs: Readonly<Record<string, RecordedInput>>, inputFiles: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(inputs).map(([name, { type, options, ...settings }]) => {
    if (type === 'COMBO') {
      const choices = isInputFile(classType, name) ? inputFiles : (options ?? []);
      return [name, node.module === 'nodes' ? [choices, settings] : ['COMBO', { ...settings, options: choices }]];
    }
    return [name, [type, options === undefined ? settings : { ...settings, options: options.map(tellDynamic) }]];
  }));
}

function tellDynamic(option: NonNullable<RecordedInput['options']>[number]): unknown {
  if (typeof option !== 'object') return option;
  const pick = (isOptional: boolean) => Object.fromEntries(option.inputs.filter((input) => input.endsWith('?') === isOptional).map((input) => [input.replace('?', ''), ['*', {}]]));
  return { key: option.key, inputs: { required: pick(false), optional: pick(true) } };
}
