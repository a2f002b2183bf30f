/** How new the picture is, in a word: nothing while it is, and calm while it is being renewed. */
import { Info, TriangleAlert } from 'lucide-react';
import type { Ratio } from '#core/project/ratio.ts';
import { useStrings } from '../../strings/index.ts';
import { Button, Spinner } from '../../ui/button.tsx';
import { Popover } from '../../ui/controls.tsx';
import { messageOf } from '../../strings/say.ts';
import { retryFilm, useFilm } from './preview-session.ts';

/** The state of the film of a ratio. */
export function StageStatus({ ratio }: { readonly ratio: Ratio }) {
  const { preview, common } = useStrings();
  const { state, film, error, notices } = useFilm(ratio);
  return (
    <div role="status" className="flex min-w-0 items-center gap-2 text-xs text-muted">
      {state === 'updating' && <span className="flex items-center gap-1.5 transition-opacity delay-500 duration-200 starting:opacity-0"><Spinner className="size-3" />{preview.updating}</span>}
      {state === 'failed' && film && (
        <Popover label={preview.stale} content={<div className="flex max-w-80 flex-col items-start gap-2"><p>{preview.staleText}</p><p className="text-muted">{messageOf(error)}</p><Button size="small" onClick={() => retryFilm(ratio)}>{common.tryAgain}</Button></div>}>
          <button type="button" className="flex h-6 items-center gap-1 rounded bg-warning-soft px-1.5 text-warning"><TriangleAlert aria-hidden className="size-3.5" />{preview.stale}</button>
        </Popover>
      )}
      {state === 'ready' && notices.length > 0 && (
        <Popover label={preview.notices(notices.length)} content={<ul className="flex max-w-96 list-disc flex-col gap-1 pl-4">{notices.map((notice) => <li key={notice}>{notice}</li>)}</ul>}>
          <button type="button" className="flex h-6 items-center gap-1 rounded px-1.5 hover:bg-raised hover:text-text"><Info aria-hidden className="size-3.5" />{preview.notices(notices.length)}</button>
        </Popover>
      )}
    </div>
  );
}
