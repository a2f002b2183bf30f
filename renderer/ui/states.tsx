import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStrings } from '../strings/index.ts';
import { sayError } from '../strings/say.ts';
import { Button, Spinner } from './button.tsx';

/** What a list says while it has nothing: what would stand here, and how to get it. */
export function EmptyState({ icon, title, text, action }: { readonly icon?: ReactNode; readonly title: string; readonly text?: string; readonly action?: ReactNode }) {
  return (
    <div className="flex h-full flex-col items-center justify-center gap-3 p-8 text-center">
      {icon && <div className="text-muted">{icon}</div>}
      <h2 className="text-base font-semibold">{title}</h2>
      {text && <p className="max-w-md text-muted">{text}</p>}
      {action}
    </div>
  );
}

/** What went wrong, and a way on. */
export function ErrorState({ error, onRetry }: { readonly error: unknown; onRetry?(): void }) {
  const { common } = useStrings();
  const { text, detail } = sayError(error);
  return (
    <div role="alert" className="flex h-full flex-col items-center justify-center gap-3 p-8 text-center">
      <TriangleAlert aria-hidden className="size-7 text-warning" />
      <p className="max-w-lg">{text}</p>
      {detail && <p className="max-w-lg text-xs text-muted">{detail}</p>}
      {onRetry && <Button onClick={onRetry}>{common.tryAgain}</Button>}
    </div>
  );
}

/** Something is being fetched. */
export function LoadingState({ text }: { readonly text?: string }) {
  const { common } = useStrings();
  return <div role="status" className="flex h-full items-center justify-center gap-2 p-8 text-muted"><Spinner />{text ?? common.loading}</div>;
}
