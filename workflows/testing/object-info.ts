/** A server's `/object_info`, rebuilt from the reduced node signatures in both spellings that servers use. */
import signatures from './node-signatures.json' with { type: 'json' };

interface Signature {
  readonly required: Readonly<Record<string, Field>>;
  readonly optional: Readonly<Record<string, Field>>;
  readonly outputs: readonly string[];
  readonly isOutput: boolean;
}

interface Field {
  readonly type: string;
  readonly options?: readonly (string | { readonly key: string; readonly inputs: readonly string[] })[];
  readonly [detail: string]: unknown;
}

export interface ObjectInfoOptions {
  /** `list`: the choices themselves; `combo`: `["COMBO", {"options": […]}]`. */
  readonly spelling: 'list' | 'combo';
  /** Files that every model loader offers. */
  readonly modelFiles?: readonly string[];
  readonly without?: readonly string[];
}

/** Choices that list uploaded files. */
const UPLOADS: Readonly<Record<string, string>> = { 'LoadImage image': 'image_upload', 'LoadVideo file': 'video_upload' };

export const NODE_CLASSES: readonly string[] = Object.keys(signatures);

/** A fresh object on each call, as if parsed from the server's answer. */
export function objectInfo({ spelling, modelFiles = [], without = [] }: ObjectInfoOptions): Record<string, { input: Record<string, Record<string, unknown>>; output: string[]; output_node: boolean }> {
  const entries = Object.entries(signatures as unknown as Record<string, Signature>).filter(([name]) => !without.includes(name));
  return Object.fromEntries(entries.map(([name, signature]) => {
    const group = (fields: Readonly<Record<string, Field>>): Record<string, unknown> => Object.fromEntries(Object.entries(fields).map(([field, spec]) => [field, spell(`${name} ${field}`, spec, spelling, modelFiles)]));
    return [name, { input: { required: group(signature.required), optional: group(signature.optional) }, output: [...signature.outputs], output_node: signature.isOutput }];
  }));
}

function spell(place: string, { type, options, ...details }: Field, spelling: 'list' | 'combo', modelFiles: readonly string[]): unknown[] {
  if (type === 'COMFY_DYNAMICCOMBO_V3') return [type, { ...details, options: (options ?? []).map((option) => (typeof option === 'string' ? option : { key: option.key, inputs: branch(option.inputs) })) }];
  if (type !== 'COMBO') return [type, details];
  const upload = UPLOADS[place];
  // The reduced signatures come from a server without any weights; a loader's list is what the test says.
  const isLoader = !upload && /_name\d?$/.test(place) && !/ (?:sampler_name)$/.test(place);
  const choices = [...(options ?? []), ...(isLoader ? modelFiles : [])];
  const more = { ...details, ...(upload ? { [upload]: true } : {}) };
  return spelling === 'list' ? [choices, more] : [type, { ...more, options: choices }];
}

function branch(names: readonly string[]): Record<string, Record<string, unknown>> {
  const isOptional = (name: string): boolean => name.endsWith('?');
  return {
    required: Object.fromEntries(names.filter((name) => !isOptional(name)).map((name) => [name, ['*', {}]])),
    optional: Object.fromEntries(names.filter(isOptional).map((name) => [name.slice(0, -1), ['*', {}]])),
  };
}
