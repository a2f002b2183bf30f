/** Results of the contract as lines for people. Pure. */
import type { CaseResult } from '#sidecar/contract/case.ts';

const SIGNS = { held: '✓', broken: '✗', 'not here': '–' } as const;

export function formatResult({ name, outcome, ms, notes, error, reason }: CaseResult): string {
  const head = `${SIGNS[outcome]} ${name}${outcome === 'not here' ? `: not on this version, ${reason}` : ` (${ms} ms)`}`;
  const told = error instanceof Error ? (error.stack ?? error.message).split('\n') : error === undefined ? [] : [String(error)];
  return [head, ...[...notes, ...told].map((line) => `    ${line}`)].join('\n');
}

export function formatSummary(results: readonly CaseResult[]): string {
  const count = (wanted: CaseResult['outcome']): number => results.filter(({ outcome }) => outcome === wanted).length;
  if (results.length === 0) return 'No case has such a name.';
  return `${count('held')} of ${results.length} cases held, ${count('broken')} broken, ${count('not here')} not on this version.`;
}
