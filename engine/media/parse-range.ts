/** Reads a `Range` header against the size of a file (RFC 9110 §14). Pure. */

/** `whole`: no range was asked for, or none that this server knows; `unsatisfiable`: answered by 416. */
export type ByteRange = { readonly kind: 'whole' } | { readonly kind: 'part'; readonly start: number; readonly end: number } | { readonly kind: 'unsatisfiable' };

/** `end` is inclusive. Players ask for one range; several at once are refused, for nobody here needs them and each costs a seek. */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange {
  const specs = /^bytes=(.*)$/i.exec(header?.trim() ?? '')?.[1];
  if (specs === undefined) return { kind: 'whole' };
  const match = /^\s*(\d{0,15})-(\d{0,15})\s*$/.exec(specs);
  if (!match || (match[1] === '' && match[2] === '')) return { kind: 'unsatisfiable' };
  const [first, last] = [match[1] ?? '', match[2] ?? ''];
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  return start < sizeBytes && start <= end ? { kind: 'part', start, end } : { kind: 'unsatisfiable' };
}
