import { X } from 'lucide-react';
import { AlertDialog, Dialog as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { useStrings } from '../strings/index.ts';
import { Button, IconButton } from './button.tsx';
import { cx } from './cx.ts';

interface DialogProps {
  readonly title: string;
  readonly description?: string;
  readonly isOpen: boolean;
  onOpenChange(isOpen: boolean): void;
  readonly children: ReactNode;
  /** Buttons at the foot. */
  readonly actions?: ReactNode;
  readonly isWide?: boolean;
}

const VEIL = 'fixed inset-0 z-40 bg-black/55';
const SHEET = 'fixed top-1/2 left-1/2 z-40 flex max-h-[86vh] -translate-x-1/2 -translate-y-1/2 flex-col rounded-xl border border-line bg-surface shadow-pop focus:outline-none';

/** A window over the window. Escape closes it; focus stays in it and goes back where it was. */
export function Dialog({ title, description, isOpen, onOpenChange, children, actions, isWide = false }: DialogProps) {
  const { common } = useStrings();
  return (
    <Primitive.Root open={isOpen} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className={VEIL} />
        <Primitive.Content onOpenAutoFocus={focusSheet} className={cx(SHEET, isWide ? 'w-[min(960px,94vw)]' : 'w-[min(520px,94vw)]')} {...(description ? {} : { 'aria-describedby': undefined })}>
          <header className="flex items-start justify-between gap-4 px-5 pt-4 pb-2">
            <div className="min-w-0">
              <Primitive.Title className="text-base font-semibold">{title}</Primitive.Title>
              {description && <Primitive.Description className="mt-0.5 text-muted">{description}</Primitive.Description>}
            </div>
            <Primitive.Close asChild><IconButton label={common.close} size="small"><X aria-hidden className="size-4" /></IconButton></Primitive.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-auto px-5 py-2">{children}</div>
          {actions && <footer className="flex justify-end gap-2 px-5 pt-2 pb-4">{actions}</footer>}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** The first field, else the sheet itself: on the close button its tooltip would come up and take the first Escape. */
function focusSheet(event: Event): void {
  event.preventDefault();
  const sheet = event.currentTarget instanceof HTMLElement ? event.currentTarget : undefined;
  (sheet?.querySelector<HTMLElement>('input:not([type=radio]):not([disabled]), textarea:not([disabled])') ?? sheet)?.focus();
}

interface ConfirmProps {
  readonly title: string;
  readonly description: string;
  readonly action: string;
  readonly isOpen: boolean;
  readonly isDangerous?: boolean;
  onConfirm(): void;
  onOpenChange(isOpen: boolean): void;
}

/** A question before something that cannot be taken back. */
export function Confirm({ title, description, action, isOpen, isDangerous = false, onConfirm, onOpenChange }: ConfirmProps) {
  const { common } = useStrings();
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={VEIL} />
        <AlertDialog.Content className={cx(SHEET, 'w-[min(440px,94vw)] gap-3 p-5')}>
          <AlertDialog.Title className="text-base font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description className="text-muted">{description}</AlertDialog.Description>
          <div className="mt-2 flex justify-end gap-2">
            <AlertDialog.Cancel asChild><Button>{common.cancel}</Button></AlertDialog.Cancel>
            <AlertDialog.Action asChild><Button kind={isDangerous ? 'danger' : 'primary'} onClick={onConfirm}>{action}</Button></AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
