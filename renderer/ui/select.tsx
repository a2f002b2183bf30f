import { Check, ChevronDown } from 'lucide-react';
import { Select as Primitive } from 'radix-ui';
import { cx } from './cx.ts';
import { Field } from './field.tsx';

interface SelectProps<T extends string> {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly hint?: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly isDisabled?: boolean }[];
  onChange(value: T): void;
  readonly isDisabled?: boolean;
  readonly className?: string;
}

/** One of a list. Values are not empty strings. */
export function Select<T extends string>({ label, isLabelHidden, hint, value, options, onChange, isDisabled, className }: SelectProps<T>) {
  return (
    <Field {...{ label, ...(hint ? { hint } : {}), ...(isLabelHidden ? { isLabelHidden } : {}), ...(className ? { className } : {}) }}>
      {({ id, describedBy }) => (
        <Primitive.Root value={value} onValueChange={(next) => onChange(next as T)} disabled={isDisabled === true}>
          <Primitive.Trigger id={id} aria-describedby={describedBy} aria-label={label} className="flex h-8 w-full items-center justify-between gap-2 rounded-md border border-line bg-field px-2.5 text-left hover:border-line-strong disabled:opacity-50">
            <span className="truncate"><Primitive.Value /></span>
            <Primitive.Icon><ChevronDown aria-hidden className="size-3.5 text-muted" /></Primitive.Icon>
          </Primitive.Trigger>
          <Primitive.Portal>
            <Primitive.Content position="popper" sideOffset={4} collisionPadding={8} className="z-50 max-h-80 min-w-(--radix-select-trigger-width) overflow-auto rounded-md border border-line bg-raised p-1 shadow-pop">
              <Primitive.Viewport>
                {options.map((option) => (
                  <Primitive.Item key={option.value} value={option.value} disabled={option.isDisabled === true} className={cx('flex h-7 items-center gap-2 rounded px-2 outline-none select-none data-disabled:opacity-40 data-highlighted:bg-accent-soft')}>
                    <span className="size-3.5"><Primitive.ItemIndicator><Check aria-hidden className="size-3.5" /></Primitive.ItemIndicator></span>
                    <Primitive.ItemText>{option.label}</Primitive.ItemText>
                  </Primitive.Item>
                ))}
              </Primitive.Viewport>
            </Primitive.Content>
          </Primitive.Portal>
        </Primitive.Root>
      )}
    </Field>
  );
}
