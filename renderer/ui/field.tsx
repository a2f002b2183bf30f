import { useId } from 'react';
import type { InputHTMLAttributes, ReactNode, Ref, TextareaHTMLAttributes } from 'react';
import { cx } from './cx.ts';

interface FieldProps {
  readonly label: string;
  /** A sentence under the field. */
  readonly hint?: string;
  /** What is wrong with the value, and what to do. */
  readonly error?: string | undefined;
  /** The label is read out but not drawn. */
  readonly isLabelHidden?: boolean;
  readonly className?: string;
}

const BOX = 'w-full rounded-md border bg-field px-2.5 text-text placeholder:text-muted/80 hover:border-line-strong focus-visible:outline-offset-0 disabled:opacity-50';

/** Label, control, hint and error, tied together for screen readers. */
export function Field({ label, hint, error, isLabelHidden = false, className, children }: FieldProps & { children(ids: { id: string; describedBy: string | undefined; isInvalid: boolean }): ReactNode }) {
  const id = useId();
  const describedBy = error ? `${id}-error` : hint ? `${id}-hint` : undefined;
  return (
    <div className={cx('flex min-w-0 flex-col gap-1', className)}>
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'text-xs font-medium text-muted'}>{label}</label>
      {children({ id, describedBy, isInvalid: error !== undefined })}
      {hint && !error && <p id={`${id}-hint`} className="text-xs text-muted">{hint}</p>}
      {error && <p id={`${id}-error`} className="text-xs text-danger">{error}</p>}
    </div>
  );
}

type TextFieldProps = FieldProps & Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className'> & { readonly ref?: Ref<HTMLInputElement> };

/** One line of text. */
export function TextField({ label, hint, error, isLabelHidden, className, ...input }: TextFieldProps) {
  return (
    <Field {...{ label, ...(hint ? { hint } : {}), error, ...(isLabelHidden ? { isLabelHidden } : {}), ...(className ? { className } : {}) }}>
      {({ id, describedBy, isInvalid }) => <input id={id} aria-describedby={describedBy} aria-invalid={isInvalid || undefined} className={cx(BOX, 'h-8', isInvalid ? 'border-danger' : 'border-line')} {...input} />}
    </Field>
  );
}

type TextAreaProps = FieldProps & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id' | 'className'> & { readonly ref?: Ref<HTMLTextAreaElement> };

/** Several lines of text. */
export function TextArea({ label, hint, error, isLabelHidden, className, rows = 3, ...input }: TextAreaProps) {
  return (
    <Field {...{ label, ...(hint ? { hint } : {}), error, ...(isLabelHidden ? { isLabelHidden } : {}), ...(className ? { className } : {}) }}>
      {({ id, describedBy, isInvalid }) => <textarea id={id} rows={rows} aria-describedby={describedBy} aria-invalid={isInvalid || undefined} className={cx(BOX, 'resize-y py-1.5', isInvalid ? 'border-danger' : 'border-line')} {...input} />}
    </Field>
  );
}
