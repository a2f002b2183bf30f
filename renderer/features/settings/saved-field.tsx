import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { messageOf } from '../../strings/say.ts';

interface SavedFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly value: string;
  /** Rejects with a sentence when it cannot be used; then the field keeps what was typed. */
  onSave(value: string): Promise<unknown>;
  readonly extra?: ReactNode;
  readonly list?: string;
}

/** A line of text that is kept when it is left or Enter is pressed; Escape takes back what was typed. */
export function SavedField({ label, hint, placeholder, value, onSave, extra, list }: SavedFieldProps) {
  const { common } = useStrings();
  const [text, setText] = useState(value);
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const saving = useRef(false);
  useEffect(() => setText(value), [value]);
  const save = async (): Promise<void> => {
    if (text === value || saving.current) return setError(undefined);
    saving.current = true;
    setBusy(true);
    try {
      await onSave(text);
      setError(undefined);
    } catch (problem) {
      setError(messageOf(problem));
    } finally {
      saving.current = false;
      setBusy(false);
    }
  };
  const isChanged = text !== value;
  return (
    <div className="flex items-start gap-2">
      <TextField
        className="flex-1" label={label} {...(hint ? { hint } : {})} error={error} placeholder={placeholder} value={text} spellCheck={false} autoComplete="off" list={list} aria-busy={isBusy || undefined}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void save();
          if (event.key === 'Escape') {
            setText(value);
            setError(undefined);
          }
        }}
      />
      {(isChanged || extra) && (
        <div className="mt-[22px] flex gap-2">
          {isChanged && <Button isBusy={isBusy} onMouseDown={(event) => event.preventDefault()} onClick={() => void save()}>{common.save}</Button>}
          {extra}
        </div>
      )}
    </div>
  );
}
