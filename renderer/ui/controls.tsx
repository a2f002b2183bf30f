import { Popover as PopoverPrimitive, Slider as SliderPrimitive, Switch as SwitchPrimitive, Tabs as TabsPrimitive, ToggleGroup } from 'radix-ui';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/** On or off, with its label to the left. */
export function Switch({ label, hint, isOn, onChange, isDisabled = false }: { readonly label: string; readonly hint?: string; readonly isOn: boolean; onChange(isOn: boolean): void; readonly isDisabled?: boolean }) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <label htmlFor={id}>{label}</label>
        {hint && <p id={`${id}-hint`} className="text-xs text-muted">{hint}</p>}
      </div>
      <SwitchPrimitive.Root id={id} checked={isOn} disabled={isDisabled} onCheckedChange={onChange} aria-describedby={hint ? `${id}-hint` : undefined} className="relative mt-0.5 h-5 w-9 shrink-0 rounded-full border border-line-strong bg-sunken disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent">
        <SwitchPrimitive.Thumb className="block size-3.5 translate-x-0.5 rounded-full bg-line-strong transition-transform data-[state=checked]:translate-x-[18px] data-[state=checked]:bg-on-accent" />
      </SwitchPrimitive.Root>
    </div>
  );
}

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value in words, e.g. `62 %`. */
  format(value: number): string;
  /** While it moves. */
  onChange(value: number): void;
  /** When it is let go. */
  onCommit?(value: number): void;
  readonly isDisabled?: boolean;
}

/** A number between two. */
export function Slider({ label, value, min, max, step, format, onChange, onCommit, isDisabled = false }: SliderProps) {
  return (
    <div className="flex flex-col gap-1">
      <div className="flex justify-between text-xs"><span className="font-medium text-muted">{label}</span><span className="tabular-nums">{format(value)}</span></div>
      <SliderPrimitive.Root value={[value]} min={min} max={max} step={step} disabled={isDisabled} onValueChange={([next]) => next !== undefined && onChange(next)} onValueCommit={([next]) => next !== undefined && onCommit?.(next)} className="relative flex h-5 items-center select-none data-disabled:opacity-50">
        <SliderPrimitive.Track className="relative h-1 flex-1 rounded-full bg-line"><SliderPrimitive.Range className="absolute h-full rounded-full bg-accent" /></SliderPrimitive.Track>
        <SliderPrimitive.Thumb aria-label={label} aria-valuetext={format(value)} className="block size-3.5 rounded-full border-2 border-accent bg-surface" />
      </SliderPrimitive.Root>
    </div>
  );
}

interface SegmentsProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly icon?: ReactNode }[];
  onChange(value: T): void;
}

/** One of a few, side by side. */
export function Segments<T extends string>({ label, value, options, onChange }: SegmentsProps<T>) {
  return (
    <ToggleGroup.Root type="single" aria-label={label} value={value} onValueChange={(next) => next && onChange(next as T)} className="inline-flex rounded-md border border-line bg-sunken p-0.5">
      {options.map((option) => (
        <ToggleGroup.Item key={option.value} value={option.value} className="flex h-6 items-center gap-1.5 rounded px-2.5 text-xs text-muted hover:text-text data-[state=on]:bg-raised data-[state=on]:text-text data-[state=on]:shadow-sm">{option.icon}{option.label}</ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

/** Any number of a few, side by side. */
export function Choices<T extends string>({ label, values, options, onChange }: { readonly label: string; readonly values: readonly T[]; readonly options: readonly { readonly value: T; readonly label: string; readonly icon?: ReactNode }[]; onChange(values: T[]): void }) {
  return (
    <ToggleGroup.Root type="multiple" aria-label={label} value={[...values]} onValueChange={(next) => onChange(next as T[])} className="flex flex-wrap gap-1.5">
      {options.map((option) => (
        <ToggleGroup.Item key={option.value} value={option.value} className="flex h-8 items-center gap-1.5 rounded-md border border-line px-2.5 text-muted hover:border-line-strong hover:text-text data-[state=on]:border-accent data-[state=on]:bg-accent-soft data-[state=on]:text-text">{option.icon}{option.label}</ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

/** Pages in one place. */
export function Tabs<T extends string>({ label, value, onChange, tabs }: { readonly label: string; readonly value: T; onChange(value: T): void; readonly tabs: readonly { readonly value: T; readonly label: string; readonly content: ReactNode }[] }) {
  return (
    <TabsPrimitive.Root value={value} onValueChange={(next) => onChange(next as T)} className="flex min-h-0 flex-1 flex-col">
      <TabsPrimitive.List aria-label={label} className="flex gap-1 border-b border-line px-2">
        {tabs.map((tab) => <TabsPrimitive.Trigger key={tab.value} value={tab.value} className="-mb-px h-8 border-b-2 border-transparent px-2.5 text-muted hover:text-text data-[state=active]:border-accent data-[state=active]:text-text">{tab.label}</TabsPrimitive.Trigger>)}
      </TabsPrimitive.List>
      {tabs.map((tab) => <TabsPrimitive.Content key={tab.value} value={tab.value} className="min-h-0 flex-1 overflow-auto">{tab.content}</TabsPrimitive.Content>)}
    </TabsPrimitive.Root>
  );
}

/** A small sheet beside a button; `children` is the button. */
export function Popover({ label, content, children, side = 'bottom' }: { readonly label: string; readonly content: ReactNode; readonly children: ReactNode; readonly side?: 'top' | 'right' | 'bottom' | 'left' }) {
  return (
    <PopoverPrimitive.Root>
      <PopoverPrimitive.Trigger asChild>{children}</PopoverPrimitive.Trigger>
      <PopoverPrimitive.Portal>
        <PopoverPrimitive.Content aria-label={label} side={side} sideOffset={6} collisionPadding={8} className="z-40 rounded-lg border border-line bg-raised p-3 shadow-pop">{content}</PopoverPrimitive.Content>
      </PopoverPrimitive.Portal>
    </PopoverPrimitive.Root>
  );
}

/** How far something is, 0..1; null = under way, nobody knows how far. */
export function Progress({ label, value, className }: { readonly label: string; readonly value: number | null; readonly className?: string }) {
  const percent = value === null ? undefined : Math.round(value * 100);
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} className={cx('h-1.5 overflow-hidden rounded-full bg-line', className)}>
      <div className={cx('h-full rounded-full bg-accent transition-[width] duration-300', value === null && 'w-1/3 animate-pulse')} style={percent === undefined ? undefined : { width: `${percent}%` }} />
    </div>
  );
}

const TONES = { neutral: 'bg-raised text-muted border-line', accent: 'bg-accent-soft text-accent border-accent/40', success: 'bg-success-soft text-success border-success/30', warning: 'bg-warning-soft text-warning border-warning/30', danger: 'bg-danger-soft text-danger border-danger/30' } as const;

/** A word about a state. */
export function Badge({ tone = 'neutral', children }: { readonly tone?: keyof typeof TONES; readonly children: ReactNode }) {
  return <span className={cx('inline-flex h-5 items-center gap-1 rounded-full border px-2 text-[11px] font-medium whitespace-nowrap', TONES[tone])}>{children}</span>;
}
