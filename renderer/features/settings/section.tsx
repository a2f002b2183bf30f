import { useId } from 'react';
import type { ReactNode } from 'react';
import { cx } from '../../ui/cx.ts';

/** A subject on a page of the settings: heading, a sentence, and what can be set. */
export function Section({ title, text, actions, children }: { readonly title: string; readonly text?: string; readonly actions?: ReactNode; readonly children?: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <header className="flex items-end justify-between gap-4">
        <div className="min-w-0">
          <h2 id={id} className="text-[13px] font-semibold">{title}</h2>
          {text && <p className="mt-0.5 max-w-[76ch] text-xs text-pretty text-muted">{text}</p>}
        </div>
        {actions && <div className="flex shrink-0 gap-2">{actions}</div>}
      </header>
      {children}
    </section>
  );
}

/** What belongs together, in a frame. */
export function Card({ className, children }: { readonly className?: string; readonly children: ReactNode }) {
  return <div className={cx('rounded-lg border border-line bg-surface', className)}>{children}</div>;
}

/** A line of a card: what it is on the left, the control on the right. */
export function Row({ label, hint, children }: { readonly label: string; readonly hint?: string; readonly children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-6 border-b border-line px-4 py-3 last:border-b-0">
      <div className="min-w-0">
        <div>{label}</div>
        {hint && <p className="mt-0.5 text-xs text-muted">{hint}</p>}
      </div>
      <div className="shrink-0">{children}</div>
    </div>
  );
}
