import { ContextMenu as Context, DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Kbd } from './kbd.tsx';

/** A line of a menu, or a rule between lines. */
export type MenuEntry =
  | { readonly kind?: 'item'; readonly id: string; readonly label: string; readonly icon?: ReactNode; readonly shortcut?: string; readonly isDisabled?: boolean; readonly isDangerous?: boolean; onSelect(): void }
  | { readonly kind: 'separator'; readonly id: string };

const SHEET = 'z-50 min-w-48 rounded-lg border border-line bg-raised p-1 shadow-pop';
const LINE = 'flex h-7 items-center gap-2 rounded px-2 outline-none select-none data-disabled:opacity-40 data-highlighted:bg-accent-soft';

function lineContent({ icon, label, shortcut }: { readonly icon?: ReactNode; readonly label: string; readonly shortcut?: string }) {
  return (
    <>
      <span className="flex size-4 items-center justify-center text-muted">{icon}</span>
      <span className="flex-1">{label}</span>
      {shortcut && <Kbd keys={shortcut} />}
    </>
  );
}

/** A menu behind a button; `children` is the button. */
export function Menu({ entries, children }: { readonly entries: readonly MenuEntry[]; readonly children: ReactNode }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={4} collisionPadding={8} className={SHEET}>
          {entries.map((entry) => entry.kind === 'separator' ? <DropdownMenu.Separator key={entry.id} className="my-1 h-px bg-line" /> : (
            <DropdownMenu.Item key={entry.id} disabled={entry.isDisabled === true} onSelect={() => entry.onSelect()} className={cx(LINE, entry.isDangerous === true && 'text-danger')}>{lineContent(entry)}</DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** The same under the right mouse button (and the menu key) of what it wraps. */
export function ContextMenu({ entries, children }: { readonly entries: readonly MenuEntry[]; readonly children: ReactNode }) {
  return (
    <Context.Root modal={false}>
      <Context.Trigger asChild>{children}</Context.Trigger>
      <Context.Portal>
        <Context.Content collisionPadding={8} className={SHEET}>
          {entries.map((entry) => entry.kind === 'separator' ? <Context.Separator key={entry.id} className="my-1 h-px bg-line" /> : (
            <Context.Item key={entry.id} disabled={entry.isDisabled === true} onSelect={() => entry.onSelect()} className={cx(LINE, entry.isDangerous === true && 'text-danger')}>{lineContent(entry)}</Context.Item>
          ))}
        </Context.Content>
      </Context.Portal>
    </Context.Root>
  );
}
