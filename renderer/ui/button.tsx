import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Tooltip } from './tooltip.tsx';
import { cx } from './cx.ts';

const KINDS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover font-semibold',
  secondary: 'bg-raised text-text border border-line hover:border-line-strong',
  quiet: 'text-text hover:bg-raised',
  danger: 'bg-danger-soft text-danger border border-danger/40 hover:border-danger',
} as const;

const SIZES = { small: 'h-7 px-2.5 text-xs gap-1.5', medium: 'h-8 px-3 gap-2', large: 'h-10 px-5 text-sm gap-2' } as const;

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: keyof typeof KINDS;
  readonly size?: keyof typeof SIZES;
  readonly icon?: ReactNode;
  readonly isBusy?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button with words. While it is busy it does nothing, but keeps the focus: a disabled one would lose it. */
export function Button({ kind = 'secondary', size = 'medium', icon, isBusy = false, className, children, onClick, type = 'button', ...rest }: ButtonProps) {
  return (
    <button type={type} aria-busy={isBusy || undefined} aria-disabled={isBusy || undefined} onClick={isBusy ? (event) => event.preventDefault() : onClick} className={cx('inline-flex shrink-0 items-center justify-center rounded-md whitespace-nowrap select-none transition-colors disabled:opacity-50 aria-disabled:opacity-50', KINDS[kind], SIZES[size], className)} {...rest}>
      {isBusy ? <Spinner /> : icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label'> {
  /** Its name: read out, and shown as a tooltip. */
  readonly label: string;
  /** Shown beside the name in the tooltip. */
  readonly shortcut?: string;
  readonly isPressed?: boolean;
  readonly size?: 'small' | 'medium';
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button with a picture; `children` is the icon. */
export function IconButton({ label, shortcut, isPressed, size = 'medium', className, children, type = 'button', ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} {...(shortcut ? { shortcut } : {})}>
      <button type={type} aria-label={label} aria-pressed={isPressed} className={cx('inline-flex shrink-0 items-center justify-center rounded-md disabled:opacity-40', size === 'small' ? 'size-6' : 'size-8', isPressed === true ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-raised hover:text-text', className)} {...rest}>
        {children}
      </button>
    </Tooltip>
  );
}

/** Something is going on. */
export function Spinner({ className }: { readonly className?: string }) {
  return <span aria-hidden className={cx('inline-block size-3.5 animate-spin rounded-full border-2 border-current border-r-transparent', className)} />;
}
