/** What an examination found, as lines and as an exit code: one mark, one name, one sentence each. */
import { AdgenError } from '#core/contract/errors.ts';
import type { ErrorCode } from '#core/contract/errors.ts';
import { oneLine } from '../terminal.ts';

export interface Finding {
  readonly name: string;
  /** `problem` needs the user; `note` is worth knowing. */
  readonly state: 'ok' | 'note' | 'problem';
  readonly detail: string;
}

const MARK = { ok: '✓', note: '·', problem: '✗' } as const;

export function formatFinding({ state, name, detail }: Finding): string {
  return `${MARK[state]} ${name.padEnd(22)} ${oneLine(detail, 1000)}`;
}

/** Throws `code` that names the problems, if there are any. */
export function failOnProblems(findings: readonly Finding[], code: ErrorCode): void {
  const problems = findings.filter(({ state }) => state === 'problem');
  if (problems.length > 0) throw new AdgenError(code, `${problems.length === 1 ? 'One thing needs' : `${problems.length} things need`} your attention: ${problems.map(({ name }) => name).join(', ')}.`);
}
