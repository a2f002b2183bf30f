import { useState } from 'react';
import type { ReactNode } from 'react';
import { useStrings } from '../../strings/index.ts';
import { TextField } from '../../ui/field.tsx';

/** A page of the inspector: a heading and rows. */
export function InspectorPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-4 p-4">
      <h2 className="truncate font-semibold">{title}</h2>
      {children}
    </section>
  );
}

interface FramesFieldProps {
  readonly label: string;
  readonly frames: number;
  readonly fps: number;
  onChange(frames: number): void;
  readonly isDisabled?: boolean;
}

/** A length or a place in frames, with its seconds beside it. Kept at Enter or when it is left; the arrows step. */
export function FramesField({ label, frames, fps, onChange, isDisabled = false }: FramesFieldProps) {
  const { common, timeline } = useStrings();
  const [typed, setTyped] = useState<string | null>(null);
  const keep = (): void => {
    const next = Math.round(Number(typed));
    setTyped(null);
    if (typed !== null && typed.trim() !== '' && Number.isFinite(next) && next !== frames) onChange(next);
  };
  return (
    <TextField
      label={`${label} (${timeline.frames})`} hint={common.seconds(frames / fps)} inputMode="numeric" value={typed ?? String(frames)} disabled={isDisabled}
      onChange={(event) => setTyped(event.currentTarget.value)} onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') keep();
        if (event.key === 'Escape') setTyped(null);
        const step = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
        if (step === 0) return;
        event.preventDefault();
        setTyped(null);
        onChange(frames + step * (event.shiftKey ? 10 : 1));
      }}
    />
  );
}
