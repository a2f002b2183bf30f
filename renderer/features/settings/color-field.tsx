import { X } from 'lucide-react';
import { useId } from 'react';
import { useStrings } from '../../strings/index.ts';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { parseHex } from './brand-draft.ts';

/** One colour of a brand: picked or written, or left to the studio. */
export function ColorField({ label, value, isWrong, onChange }: { readonly label: string; readonly value: string; readonly isWrong: boolean; onChange(value: string): void }) {
  const { brands: words } = useStrings();
  const id = useId();
  const color = parseHex(value);
  return (
    <div className="grid grid-cols-[90px_32px_110px_24px_1fr] items-center gap-2">
      <label htmlFor={id}>{label}</label>
      <span className={cx('relative size-7 overflow-hidden rounded-md border', color ? 'border-line' : 'border-dashed border-line-strong')} style={color ? { background: color } : undefined}>
        <input type="color" aria-label={words.setColor(label)} value={color ?? '#808080'} onChange={(event) => onChange(event.target.value)} className="absolute inset-0 size-full cursor-pointer opacity-0" />
      </span>
      <input
        id={id} aria-label={words.hex(label)} aria-invalid={isWrong || undefined} aria-describedby={isWrong ? `${id}-error` : undefined} value={value} placeholder={words.noColor} maxLength={9} spellCheck={false} autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        className={cx('h-7 min-w-0 rounded-md border bg-field px-2 font-mono text-xs placeholder:font-sans placeholder:text-muted', isWrong ? 'border-danger' : 'border-line')}
      />
      {value === '' ? <span /> : <IconButton size="small" label={words.clearColor(label)} onClick={() => onChange('')}><X aria-hidden className="size-3.5" /></IconButton>}
      {isWrong && <p id={`${id}-error`} className="text-xs text-danger">{words.hexError}</p>}
    </div>
  );
}
