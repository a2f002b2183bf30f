import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { engine } from '../../api/connection.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { Segments } from '../../ui/controls.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { messageOf } from '../../strings/say.ts';
import { toast } from '../../ui/toast.ts';

/** A ComfyUI that the user has already: a folder or a running server. What comes of it stands on the task's card. */
export function AdoptDialog({ isOpen, onClose }: { readonly isOpen: boolean; onClose(): void }) {
  const { sidecar: words, settings, common } = useStrings();
  const [kind, setKind] = useState<'folder' | 'url'>('url');
  const [place, setPlace] = useState('');
  const [python, setPython] = useState('');
  const { data: abilities } = useQuery({ queryKey: ['abilities'], queryFn: () => engine.desktop.abilities(), staleTime: Number.POSITIVE_INFINITY });
  const adopt = useMutation({
    mutationFn: () => engine.sidecar.adopt(kind === 'url' ? { url: place.trim() } : { folder: place.trim(), ...(python.trim() === '' ? {} : { python: python.trim() }) }),
    onSuccess() {
      setPlace('');
      setPython('');
      onClose();
    },
  });
  const pick = async (): Promise<void> => {
    const { path } = await engine.desktop.pickFolder({ title: words.adoptFolderLabel });
    if (path) setPlace(path);
  };
  return (
    <Dialog
      title={words.adoptTitle} description={words.adoptText} isOpen={isOpen} onOpenChange={(open) => !open && onClose()}
      actions={<><Button onClick={onClose}>{common.cancel}</Button><Button kind="primary" form="adopt" type="submit" disabled={place.trim() === ''} isBusy={adopt.isPending}>{words.adoptGo}</Button></>}
    >
      <form id="adopt" className="flex flex-col items-start gap-3 py-1" onSubmit={(event) => { event.preventDefault(); adopt.mutate(); }}>
        <Segments label={words.adoptKind} value={kind} onChange={(next) => { setKind(next); setPlace(''); adopt.reset(); }} options={[{ value: 'url', label: words.adoptUrl }, { value: 'folder', label: words.adoptFolder }]} />
        <div className="flex w-full items-start gap-2">
          <TextField
            className="flex-1" label={kind === 'url' ? words.adoptUrlLabel : words.adoptFolderLabel} placeholder={kind === 'url' ? words.adoptUrlPlaceholder : words.adoptFolderPlaceholder} value={place} error={adopt.error ? messageOf(adopt.error) : undefined} spellCheck={false} autoComplete="off"
            onChange={(event) => { setPlace(event.target.value); adopt.reset(); }}
          />
          {kind === 'folder' && abilities?.canPick && <Button className="mt-[22px]" onClick={() => pick().catch(toast.error)}>{settings.choose}</Button>}
        </div>
        {kind === 'folder' && <TextField className="w-full" label={words.adoptPython} hint={words.adoptPythonHint} placeholder={words.adoptPythonPlaceholder} value={python} spellCheck={false} autoComplete="off" onChange={(event) => { setPython(event.target.value); adopt.reset(); }} />}
      </form>
    </Dialog>
  );
}
