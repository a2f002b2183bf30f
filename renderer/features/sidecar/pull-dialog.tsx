import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { engine } from '../../api/connection.ts';
import { useLanguage, useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { messageOf } from '../../strings/say.ts';
import { formatBytes } from '../settings/format-bytes.ts';
import type { sumUp } from './choose-models.ts';

interface PullDialogProps {
  readonly isOpen: boolean;
  readonly sum: ReturnType<typeof sumUp>;
  onClose(): void;
  onStarted(): void;
}

/** How much would come, and the conditions of licences that have any: they are read and accepted here or nothing is fetched. */
export function PullDialog({ isOpen, sum, onClose, onStarted }: PullDialogProps) {
  const { sidecar: words, common } = useStrings();
  const language = useLanguage();
  const [accepts, setAccepts] = useState(false);
  useEffect(() => setAccepts(false), [isOpen]);
  const isLimited = sum.limited.length > 0;
  const pull = useMutation({
    mutationFn: () => engine.sidecar.pull({ ids: sum.ids, acceptsLicenses: isLimited && accepts }),
    onSuccess() {
      onStarted();
      onClose();
    },
  });
  return (
    <Dialog
      title={words.pullTitle(sum.ids.length)} description={words.pullText(formatBytes(sum.bytes, language))} isOpen={isOpen} onOpenChange={(open) => !open && onClose()}
      actions={<><Button onClick={onClose}>{common.cancel}</Button><Button kind="primary" disabled={isLimited && !accepts} isBusy={pull.isPending} onClick={() => pull.mutate()}>{words.pullGo}</Button></>}
    >
      <div className="flex flex-col gap-3 py-1">
        {isLimited && (
          <>
            <h3 className="text-xs font-semibold">{words.pullLicenses}</h3>
            <ul className="flex flex-col gap-2 rounded-lg border border-line bg-sunken px-4 py-3">
              {sum.limited.map((model) => <li key={model.id}><span className="font-medium">{model.name}</span> · {model.license}<p className="text-xs text-muted">{model.conditions}</p></li>)}
            </ul>
            <label className="flex items-start gap-2"><input type="checkbox" checked={accepts} onChange={(event) => setAccepts(event.target.checked)} className="mt-0.5 size-4 accent-accent" />{words.accept}</label>
          </>
        )}
        {sum.limited.some(({ needsToken }) => needsToken) && <p className="text-xs text-muted">{words.tokenHint}</p>}
        {pull.error && <p role="alert" className="text-danger">{messageOf(pull.error)}</p>}
      </div>
    </Dialog>
  );
}
