/** A number that is typed or stepped with the arrow keys, with its unit. What is no number goes back to what it was. */
import { useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { Field } from '../../../ui/field.tsx';
import { formatNumber, readNumber } from './read-number.ts';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  /** What an arrow key adds; Shift: ten of it. */
  readonly step?: number;
  readonly digits?: number;
  readonly unit?: string;
  readonly isDisabled?: boolean;
  /** `isStep`: by an arrow key, so that several become one edit. */
  onChange(value: number, isStep: boolean): void;
}

/** One number. */
export function NumberField({ label, value, min, max, step = 1, digits = 0, unit, isDisabled = false, onChange }: NumberFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const shown = formatNumber(value, digits);
  const show = (): void => {
    if (input.current) input.current.value = shown;
  };
  useEffect(() => {
    if (document.activeElement !== input.current) show();
  });
  const take = (): void => {
    const typed = readNumber(input.current?.value ?? '', min, max);
    if (typed !== undefined && formatNumber(typed, digits) !== shown) onChange(typed, false);
    show();
  };
  const press = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') take();
    else if (event.key === 'Escape') show();
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      const next = Math.min(max, Math.max(min, (readNumber(event.currentTarget.value, min, max) ?? value) + (event.key === 'ArrowUp' ? 1 : -1) * step * (event.shiftKey ? 10 : 1)));
      event.currentTarget.value = formatNumber(next, digits);
      onChange(next, true);
    }
  };
  return (
    <Field label={label}>
      {({ id }) => (
        <span className="relative block">
          <input ref={input} id={id} type="text" inputMode="decimal" disabled={isDisabled} defaultValue={shown} onBlur={take} onKeyDown={press} onFocus={(event) => event.currentTarget.select()} className="h-7 w-full rounded-md border border-line bg-field pr-6 pl-2 text-text tabular-nums hover:border-line-strong focus-visible:outline-offset-0 disabled:opacity-50" />
          {unit && <span aria-hidden className="pointer-events-none absolute inset-y-0 right-2 flex items-center text-xs text-muted">{unit}</span>}
        </span>
      )}
    </Field>
  );
}
