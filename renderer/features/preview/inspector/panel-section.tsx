import type { ReactNode } from 'react';

/** A group of the inspector with its heading. */
export function PanelSection({ title, aside, children }: { readonly title: string; readonly aside?: ReactNode; readonly children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2.5 border-b border-line px-3 pt-2.5 pb-3.5 last:border-b-0">
      <header className="flex h-6 items-center justify-between gap-2">
        <h3 className="text-xs font-semibold text-text">{title}</h3>
        {aside}
      </header>
      {children}
    </section>
  );
}
