/** A colour for words: whatever is readable, one of the brand and the style, or any other. */
import { Check, Wand2 } from 'lucide-react';
import { useId } from 'react';
import type { AdProject } from '#core/project/schema.ts';
import { useStrings } from '../../../strings/index.ts';
import { cx } from '../../../ui/cx.ts';
import { Tooltip } from '../../../ui/tooltip.tsx';
import { swatchesOf } from './swatches.ts';

interface ColorChoiceProps {
  readonly document: Pick<AdProject, 'brand' | 'style'>;
  /** Missing = automatic. */
  readonly value: string | undefined;
  readonly isDisabled: boolean;
  onChange(color: string | undefined, isStep: boolean): void;
}

const DOT = 'flex size-6 items-center justify-center rounded-full border border-line-strong/60 disabled:opacity-50';
const CHOSEN = 'ring-2 ring-accent ring-offset-2 ring-offset-surface';

/** Swatches side by side. */
export function ColorChoice({ document, value, isDisabled, onChange }: ColorChoiceProps) {
  const { preview } = useStrings();
  const id = useId();
  const swatches = swatchesOf(document);
  const isOwn = value !== undefined && !swatches.includes(value.toLowerCase());
  return (
    <div role="group" aria-labelledby={id} className="flex flex-col gap-1.5">
      <span id={id} className="text-xs font-medium text-muted">{preview.color}</span>
      <div className="flex flex-wrap gap-2">
        <Tooltip label={preview.colorAutomatic}>
          <button type="button" aria-label={preview.colorAutomatic} aria-pressed={value === undefined} disabled={isDisabled} onClick={() => onChange(undefined, false)} className={cx(DOT, 'bg-sunken text-muted', value === undefined && CHOSEN)}><Wand2 aria-hidden className="size-3.5" /></button>
        </Tooltip>
        {swatches.map((color) => (
          <Tooltip key={color} label={color}>
            <button type="button" aria-label={preview.colorOf(color)} aria-pressed={value?.toLowerCase() === color} disabled={isDisabled} onClick={() => onChange(color, false)} className={cx(DOT, value?.toLowerCase() === color && CHOSEN)} style={{ background: color }} />
          </Tooltip>
        ))}
        <Tooltip label={preview.colorOwn}>
          <label className={cx(DOT, 'relative overflow-hidden', isOwn && CHOSEN)} style={{ background: isOwn ? value : 'conic-gradient(from 0deg, #f55, #fd5, #5d5, #5dd, #55f, #d5d, #f55)' }}>
            <input type="color" aria-label={preview.colorOwn} value={value ?? '#ffffff'} disabled={isDisabled} onChange={(event) => onChange(event.currentTarget.value, true)} className="absolute inset-0 size-full cursor-default opacity-0" />
            {isOwn && <Check aria-hidden className="size-3.5 text-white mix-blend-difference" />}
          </label>
        </Tooltip>
      </div>
    </div>
  );
}
