import { Info, MessageSquareX } from 'lucide-react';
import type { DroppedClaim } from '#core/project/schema.ts';
import { useStrings } from '../../strings/index.ts';
import { sayProblem } from '../../strings/say.ts';
import { groupFallbacks } from './group-fallbacks.ts';
import type { FallbackGroup, FallbackNote } from './group-fallbacks.ts';

interface RunNotesProps {
  readonly notices: readonly string[];
  readonly fallbacks: readonly FallbackNote[] | undefined;
  readonly droppedClaims: readonly DroppedClaim[];
}

/** What the user should know about a run: what was converted, cut or done otherwise, and what was left unsaid. */
export function RunNotes({ notices, fallbacks = [], droppedClaims }: RunNotesProps) {
  const { run } = useStrings();
  if (notices.length + droppedClaims.length === 0) return null;
  const told = new Set(fallbacks.map(({ notice }) => notice)); // each is said in the page's own words
  return (
    <section aria-label={run.notes} className="max-w-3xl">
      <h2 className="mb-2 text-xs font-semibold text-muted">{run.notes}</h2>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {groupFallbacks(fallbacks).map((group) => <li key={group.key} className="flex gap-2.5 px-4 py-2"><Info aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" /><Fallback group={group} /></li>)}
        {notices.filter((notice) => !told.has(notice)).map((notice) => <li key={notice} className="flex gap-2.5 px-4 py-2"><Info aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" /><p className="min-w-0 break-words">{notice}</p></li>)}
        {droppedClaims.map((dropped, index) => (
          <li key={`${index} ${dropped.text}`} className="flex gap-2.5 px-4 py-2">
            <MessageSquareX aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
            <p className="min-w-0 break-words"><span className="line-through decoration-warning">{dropped.text}</span> <span className="text-muted">{dropped.reason}</span></p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Fallback({ group: { kind, from, to, name, reason, times } }: { readonly group: FallbackGroup }) {
  const { run } = useStrings();
  const { text, detail } = sayProblem(name, reason);
  const nameOf = (provider: string): string => (provider === 'embedded' ? run.builtIn : undefined) ?? run.provider[provider as keyof typeof run.provider] ?? provider;
  return (
    <div className="min-w-0 break-words">
      <p>{run.stoodIn(run.part[kind as keyof typeof run.part] ?? kind, nameOf(from), nameOf(to), times)}</p>
      <p className="text-xs text-muted">{text}</p>
      {detail && <p className="text-xs text-muted">{detail}</p>}
    </div>
  );
}
