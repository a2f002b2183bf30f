/** The content address of a step. */
import { createHash } from 'node:crypto';
import { AdgenError } from '#core/contract/errors.ts';

export interface StepKeyParts {
  readonly kind: string;
  /** Of the handler (and provider): change it when the same inputs give another result. */
  readonly version: string | number;
  /** JSON. */
  readonly params: unknown;
  /** Hashes of artifacts or keys of steps that are read; the order counts in an array, names count in an object. */
  readonly inputs?: unknown;
}

/** SHA-256 (hex) over everything that the result depends on. Throws INTERNAL for what JSON cannot hold (NaN, functions). */
export function stepKey({ kind, version, params, inputs = [] }: StepKeyParts): string {
  return createHash('sha256').update(canonicalJson({ kind, version, params, inputs })).digest('hex');
}

/** JSON with sorted keys and no spaces; `undefined` members are left out, -0 is 0. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    members.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
  }
  throw new AdgenError('INTERNAL', `A step's parameters must be JSON; found ${typeof value} ${String(value)}.`);
}
