import { ToggleGroup } from 'radix-ui';
import { SET_KINDS } from '#core/project/schema.ts';
import type { SetKind } from '#core/project/schema.ts';
import { useStrings } from '../../strings/index.ts';
import { SetIcon } from './set-icon.tsx';

interface SetPickerProps {
  /** Undefined: the user's own picture is shown. */
  readonly value: SetKind | undefined;
  readonly palette: readonly string[];
  readonly isDisabled: boolean;
  onChange(kind: SetKind): void;
}

/** The studio sets by picture and name. */
export function SetPicker({ value, palette, isDisabled, onChange }: SetPickerProps) {
  const { storyboard } = useStrings();
  return (
    <ToggleGroup.Root type="single" aria-label={storyboard.set} value={value ?? ''} disabled={isDisabled} onValueChange={(next) => next && onChange(next as SetKind)} className="grid grid-cols-4 gap-1.5">
      {SET_KINDS.map((kind) => (
        <ToggleGroup.Item key={kind} value={kind} className="flex flex-col gap-1 rounded-md border border-line p-1 text-[11px] text-muted hover:border-line-strong hover:text-text disabled:opacity-50 data-[state=on]:border-accent data-[state=on]:bg-accent-soft data-[state=on]:text-text">
          <SetIcon kind={kind} palette={palette} />
          <span className="w-full truncate">{storyboard.sets[kind]}</span>
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
