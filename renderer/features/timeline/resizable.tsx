import { useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { cx } from '../../ui/cx.ts';

interface ResizerProps {
  readonly label: string;
  /** `horizontal`: the line lies, and its neighbours' heights change. */
  readonly orientation: 'horizontal' | 'vertical';
  readonly value: number;
  readonly min: number;
  readonly max: number;
  onChange(value: number): void;
}

const STEP_PX = 24;

/** A line between two parts that can be moved by pointer and arrow keys; `value` is the size of the part after it. */
export function Resizer({ label, orientation, value, min, max, onChange }: ResizerProps) {
  const [grip, setGrip] = useState<{ readonly at: number; readonly value: number } | null>(null);
  const isLying = orientation === 'horizontal';
  const set = (next: number): void => onChange(Math.round(Math.max(min, Math.min(max, next))));
  const at = (event: PointerEvent): number => (isLying ? event.clientY : event.clientX);
  return (
    <div
      role="separator" tabIndex={0} aria-label={label} aria-orientation={orientation} aria-valuenow={value} aria-valuemin={min} aria-valuemax={max}
      onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); setGrip({ at: at(event), value }); }}
      onPointerMove={(event) => grip && set(grip.value + grip.at - at(event))}
      onPointerUp={() => setGrip(null)} onPointerCancel={() => setGrip(null)}
      onKeyDown={(event: KeyboardEvent) => {
        const step = { ArrowUp: isLying ? STEP_PX : 0, ArrowDown: isLying ? -STEP_PX : 0, ArrowLeft: isLying ? 0 : STEP_PX, ArrowRight: isLying ? 0 : -STEP_PX }[event.key] ?? 0;
        if (step !== 0) set(value + step);
      }}
      className={cx('relative z-20 shrink-0 bg-line hover:bg-line-strong', isLying ? 'h-px cursor-row-resize' : 'w-px cursor-col-resize', grip && 'bg-accent')}
    >
      <span aria-hidden className={cx('absolute', isLying ? 'inset-x-0 -top-1 h-2' : 'inset-y-0 -left-1 w-2')} />
    </div>
  );
}

/** A size that is kept in this browser. */
export function useKeptSize(key: string, usual: number): [number, (value: number) => void] {
  const [size, setSize] = useState(() => {
    const kept = Number(localStorage.getItem(key));
    return kept > 0 ? kept : usual;
  });
  return [size, (value) => {
    setSize(value);
    localStorage.setItem(key, String(value));
  }];
}
