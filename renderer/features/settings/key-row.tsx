import { useState } from 'react';
import type { KEY_NAMES } from '#core/contract/settings.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { engine } from '../../api/connection.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { Badge } from '../../ui/controls.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { messageOf } from '../../strings/say.ts';
import { toast } from '../../ui/toast.ts';

type KeyName = (typeof KEY_NAMES)[number];

/** One service's key: whether it is set and from where, and a field to set another one. What is set cannot be read. */
export function KeyRow({ name, origin }: { readonly name: KeyName; readonly origin: 'none' | 'keychain' | 'session' | 'environment' }) {
  const { settings: words, common } = useStrings();
  const queries = useQueryClient();
  const [value, setValue] = useState('');
  const [isAsking, setAsking] = useState(false);
  const title = words.keyName[name];
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (key: string) => engine.settings.setKey({ name, value: key }),
    async onSuccess(_answer, key) {
      setValue('');
      toast.success(key === '' ? words.keyRemoved(title) : words.keySaved(title));
      await queries.invalidateQueries({ queryKey: ['keys'] });
    },
  });
  return (
    <div className="border-b border-line px-4 py-3 last:border-b-0">
      <div className="mb-2 flex items-baseline justify-between gap-4">
        <div className="min-w-0">
          <span className="font-medium">{title}</span>
          <p className="text-xs text-muted">{words.keyUse[name]}</p>
        </div>
        <Badge tone={origin === 'none' ? 'neutral' : 'success'}>{words.keyOrigin[origin]}</Badge>
      </div>
      <form className="flex items-start gap-2" onSubmit={(event) => { event.preventDefault(); if (value.trim() !== '') mutate(value); }}>
        <TextField
          className="flex-1" isLabelHidden label={words.keyNew(title)} type="password" autoComplete="off" spellCheck={false} placeholder={words.keyPlaceholder} value={value} error={error ? messageOf(error) : undefined} maxLength={400}
          onChange={(event) => { setValue(event.target.value); reset(); }}
        />
        <Button type="submit" isBusy={isPending} disabled={value.trim() === ''}>{words.keySave}</Button>
        {origin !== 'none' && origin !== 'environment' && <Button kind="quiet" aria-label={words.keyRemove(title)} onClick={() => setAsking(true)}>{common.remove}</Button>}
      </form>
      <Confirm title={words.keyRemoveTitle} description={words.keyRemoveText} action={common.remove} isDangerous isOpen={isAsking} onOpenChange={setAsking} onConfirm={() => mutate('')} />
    </div>
  );
}
