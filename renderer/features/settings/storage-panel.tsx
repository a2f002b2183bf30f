import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { engine } from '../../api/connection.ts';
import { useLanguage, useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Select } from '../../ui/select.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.ts';
import { formatBytes } from './format-bytes.ts';
import { Card, Row, Section } from './section.tsx';
import { UseBar } from './use-bar.tsx';
import { useChangeSettings } from './use-settings.ts';
import type { StudioSettings } from './use-settings.ts';

const DAYS = [1, 7, 14, 30, 90, 365];

/** What lies on the disk, how long it is kept, and cleaning up. */
export function StoragePanel({ settings }: { readonly settings: StudioSettings }) {
  const { settings: words } = useStrings();
  const { data, error, refetch } = useQuery({ queryKey: ['storage'], queryFn: () => engine.settings.storage() });
  const { data: abilities } = useQuery({ queryKey: ['abilities'], queryFn: () => engine.desktop.abilities(), staleTime: Number.POSITIVE_INFINITY });
  const { mutate } = useChangeSettings();
  const days = [...new Set([...DAYS, settings.keepRunsDays])].sort((a, b) => a - b);
  return (
    <>
      <Section title={words.storage} {...(data ? { text: data.dataDir } : {})} actions={data && abilities?.canReveal ? <Button onClick={() => engine.desktop.reveal({ path: data.dataDir }).catch(toast.error)}>{words.openFolder}</Button> : undefined}>
        <Card className="p-4">{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : data ? <UseBar use={data} /> : <LoadingState />}</Card>
      </Section>
      <Section title={words.cleanTitle}>
        <Card>
          <Row label={words.retention} hint={words.retentionHint}>
            <Select className="w-32" isLabelHidden label={words.retention} value={String(settings.keepRunsDays)} options={days.map((value) => ({ value: String(value), label: words.days(value) }))} onChange={(value) => mutate({ keepRunsDays: Number(value) })} />
          </Row>
          <Cleaning key={settings.keepRunsDays} />
        </Card>
      </Section>
    </>
  );
}

/** What would go is looked up first, and only then offered. */
function Cleaning() {
  const { settings: words } = useStrings();
  const language = useLanguage();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const look = useMutation({ mutationFn: () => engine.settings.clean({ isDryRun: true }), onError: toast.error });
  const clean = useMutation({
    mutationFn: () => engine.settings.clean({ isDryRun: false }),
    async onSuccess({ files, bytes }) {
      toast.success(words.cleanDone(files, formatBytes(bytes, language)));
      look.reset();
      await queries.invalidateQueries({ queryKey: ['storage'] });
    },
    onError: toast.error,
  });
  const found = look.data;
  return (
    <div className="flex items-center justify-between gap-6 px-4 py-3">
      <p role="status" className="text-muted">{found ? (found.files === 0 ? words.cleanNothing : words.cleanFound(found.files, formatBytes(found.bytes, language))) : ''}</p>
      <div className="flex gap-2">
        <Button isBusy={look.isPending} onClick={() => look.mutate()}>{words.cleanLook}</Button>
        {found && found.files > 0 && <Button kind="danger" isBusy={clean.isPending} onClick={() => setAsking(true)}>{words.cleanDo(formatBytes(found.bytes, language))}</Button>}
      </div>
      <Confirm title={words.cleanConfirm} description={words.cleanConfirmText} action={words.cleanDo(formatBytes(found?.bytes ?? 0, language))} isDangerous isOpen={isAsking} onOpenChange={setAsking} onConfirm={() => clean.mutate()} />
    </div>
  );
}
