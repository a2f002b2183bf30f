/** What the server answers to POST /prompt, and the failure that an unwelcome answer means. */
import { z } from 'zod';
import { engineError } from './failures.ts';
import type { FailureReason } from './failures.ts';
import type { AdgenError } from '#core/contract/errors.ts';

const complaintSchema = z.looseObject({
  type: z.string().catch('unknown'),
  message: z.string().catch(''),
  details: z.string().catch(''),
  extra_info: z.looseObject({ input_name: z.string().optional().catch(undefined) }).catch({}),
});

const nodeComplaintsSchema = z.looseObject({ errors: z.array(complaintSchema).catch([]), class_type: z.string().catch('unknown') });

/** A map by node id; some versions send an empty list instead. */
const nodeErrorsSchema = z.union([z.record(z.string(), nodeComplaintsSchema), z.array(z.unknown()).transform(() => ({}))]).catch({});
type NodeErrors = Readonly<Record<string, z.infer<typeof nodeComplaintsSchema>>>;

const acceptedSchema = z.looseObject({ prompt_id: z.string(), number: z.number().optional().catch(undefined), node_errors: nodeErrorsSchema.optional() });
const rejectedSchema = z.looseObject({
  error: z.union([complaintSchema, z.string().transform((message) => ({ type: 'unknown', message, details: '', extra_info: {} }))]),
  node_errors: nodeErrorsSchema.optional(),
});

export type PromptReply =
  | { readonly kind: 'accepted'; readonly promptId: string }
  /** `promptId` when the server took it all the same: a graph of which only some outputs are valid. It has to be canceled. */
  | { readonly kind: 'rejected'; readonly error: AdgenError; readonly promptId?: string }
  /** Nobody knows: the answer cannot be read. */
  | { readonly kind: 'unreadable' };

/** `body`: parsed JSON, or undefined when it was not JSON. */
export function readPromptReply(status: number, body: unknown): PromptReply {
  if (status === 200) {
    const reply = acceptedSchema.safeParse(body);
    if (!reply.success) return { kind: 'unreadable' };
    const nodeErrors = reply.data.node_errors ?? {};
    if (Object.keys(nodeErrors).length === 0) return { kind: 'accepted', promptId: reply.data.prompt_id };
    return { kind: 'rejected', error: explain('prompt_outputs_failed_validation', '', nodeErrors), promptId: reply.data.prompt_id };
  }
  const refusal = rejectedSchema.safeParse(body);
  if (refusal.success) return { kind: 'rejected', error: explain(refusal.data.error.type, `${refusal.data.error.message} ${refusal.data.error.details}`, refusal.data.node_errors ?? {}) };
  if (status === 413) return { kind: 'rejected', error: engineError('JOB_INVALID', 'The workflow is larger than the engine takes.') };
  return status >= 400 && status < 500 ? { kind: 'rejected', error: engineError('JOB_INVALID', `The engine refused the job with status ${status}.`) } : { kind: 'unreadable' };
}

/** Never quotes lists of choices: they can be thousands of file names long. */
function explain(type: string, text: string, nodeErrors: NodeErrors): AdgenError {
  const problems = Object.entries(nodeErrors).flatMap(([nodeId, node]) => node.errors.map((error) => ({ nodeId, classType: node.class_type, type: error.type, input: error.extra_info.input_name, message: error.message })));
  const [first] = problems;
  const where = first === undefined ? shorten(text.trim() || type) : shorten(`node ${first.nodeId} (${first.classType})${first.input === undefined ? '' : `, input ${first.input}`}: ${first.message || first.type}`);
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return engineError(reasonFor(type, text, problems), `The engine refused the workflow: ${where}${more}.`, { data: { type, problems: problems.slice(0, 50) } });
}

/** Inputs that take the name of a file with weights: unet_name, clip_name2, text_encoder… */
const MODEL_INPUT = /(?:name|model|encoder)\d?$/;

/** 0.3.64 has no type of its own for it: "Cannot execute because node X does not exist." */
const OLD_MISSING_NODE = /\bnode .+ does not exist\b/;

function reasonFor(type: string, text: string, problems: readonly { readonly type: string; readonly input?: string }[]): FailureReason {
  if (type === 'missing_node_type' || (type === 'invalid_prompt' && OLD_MISSING_NODE.test(text))) return 'NODE_MISSING';
  const isModel = problems.some(({ type: kind, input = '' }) => kind === 'value_not_in_list' && MODEL_INPUT.test(input) && input !== 'sampler_name');
  return isModel ? 'MODEL_MISSING' : 'JOB_INVALID';
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').replace(/[.\s]+$/, '');
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
