import { Info, MessageSquareX } from 'lucide-react';
import type { DroppedClaim } from '#core/project/schema.ts';
import { useStrings } from '../../strings/index.ts';

/** What the user should know about a run: what was converted, cut or done otherwise, and what was left unsaid. */
export function RunNotes({ notices, droppedClaims }: { readonly notices: readonly string[]; readonly droppedClaims: readonly DroppedClaim[] }) {
  const { run } = useStrings();
  if (notices.length + droppedClaims.length === 0) return null;
  return (
    <section aria-label={run.notes} className="max-w-3xl">
      <h2 className="mb-2 text-xs font-semibold text-muted">{run.notes}</h2>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {notices.map((notice) => <li key={notice} className="flex gap-2.5 px-4 py-2"><Info aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" /><p className="min-w-0 break-words">{notice}</p></li>)}
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
