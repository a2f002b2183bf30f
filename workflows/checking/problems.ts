/** What a check can find, in words for the user: each problem is one sentence. */

export const PROBLEM_CODES = [
  'GRAPH_UNREADABLE', 'GRAPH_TOO_BIG', 'EDITOR_FORMAT', 'GRAPH_EMPTY', 'NODE_BROKEN', 'NODE_CLASS_MISSING', 'MODEL_MISSING', 'LINK_MISSING', 'LINK_OUTPUT_MISSING',
  'LINK_TYPE', 'CYCLE', 'INPUT_MISSING', 'INPUT_TYPE', 'INPUT_RANGE', 'INPUT_CHOICE', 'NO_OUTPUT', 'MANIFEST_NODE_MISSING', 'SERVER_TOO_OLD', 'SERVER_UNREADABLE',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly nodeId?: string;
  readonly field?: string;
}

/** The server's own spelling of a model file: in a subfolder, or with the other slash. */
export interface Rename {
  readonly nodeId: string;
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

/** A hostile graph must not become a report of a million lines; missing classes and models are counted apart and always complete. */
export const MAX_PROBLEMS = 200;

/** Text from a file, safe and short enough for a sentence. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const line = text.replace(/[\u0000-\u001f\u007f]+/g, ' ');
  return `"${line.length > 80 ? `${line.slice(0, 77)}…` : line}"`;
}
