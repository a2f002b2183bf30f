/** `/object_info`: every node of a server, brought from its several forms into one. Broken entries are left out, not fatal. */
import { z } from 'zod';

export interface InputSignature {
  readonly type: string;
  readonly isRequired: boolean;
  /** The choices of a list; of a dynamic one, its keys. */
  readonly options?: readonly (string | number | boolean)[];
  readonly min?: number;
  readonly max?: number;
  readonly default?: unknown;
}

export interface NodeSignature {
  readonly inputs: Readonly<Record<string, InputSignature>>;
  readonly outputs: readonly string[];
  readonly isOutput: boolean;
}

export type NodeCatalogue = ReadonlyMap<string, NodeSignature>;

const inputsSchema = z.record(z.string(), z.array(z.unknown()).min(1)).catch({});
const nodeSchema = z.looseObject({
  input: z.looseObject({ required: inputsSchema.optional(), optional: inputsSchema.optional() }),
  output: z.array(z.unknown()).catch([]),
  output_node: z.boolean().catch(false),
});
const settingsSchema = z.looseObject({ min: z.number().optional().catch(undefined), max: z.number().optional().catch(undefined), options: z.array(z.unknown()).optional().catch(undefined) }).catch({});

/** Throws a ZodError when the body is no map of nodes at all. */
export function readObjectInfo(body: unknown): NodeCatalogue {
  const entries = Object.entries(z.record(z.string(), z.unknown()).parse(body));
  return new Map(entries.flatMap(([name, value]) => {
    const node = nodeSchema.safeParse(value);
    return node.success ? [[name, readNode(node.data)] as const] : [];
  }));
}

function readNode({ input, output, output_node: isOutput }: z.infer<typeof nodeSchema>): NodeSignature {
  const read = (group: Readonly<Record<string, readonly unknown[]>> | undefined, isRequired: boolean) => Object.entries(group ?? {}).map(([name, spec]) => [name, readInput(spec, isRequired)] as const);
  return {
    inputs: Object.fromEntries([...read(input.required, true), ...read(input.optional, false)]),
    outputs: output.map((type) => (Array.isArray(type) ? 'COMBO' : String(type))),
    isOutput,
  };
}

/** A list stands either in place of the type (old form) or among the settings of "COMBO". */
function readInput([type, given]: readonly unknown[], isRequired: boolean): InputSignature {
  const settings = settingsSchema.parse(given);
  const options = Array.isArray(type) ? type : settings.options;
  return {
    type: Array.isArray(type) ? 'COMBO' : String(type),
    isRequired,
    options: options?.flatMap(readOption),
    min: settings.min,
    max: settings.max,
    default: settings['default'],
  };
}

function readOption(option: unknown): (string | number | boolean)[] {
  if (typeof option === 'string' || typeof option === 'number' || typeof option === 'boolean') return [option];
  const key = typeof option === 'object' && option !== null ? (option as { key?: unknown }).key : undefined;
  return typeof key === 'string' ? [key] : [];
}
