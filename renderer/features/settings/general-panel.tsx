import { useQuery } from '@tanstack/react-query';
import { FolderOpen } from 'lucide-react';
import { engine } from '../../api/connection.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { Segments, Switch } from '../../ui/controls.tsx';
import { toast } from '../../ui/toast.ts';
import { SavedField } from './saved-field.tsx';
import { Card, Row, Section } from './section.tsx';
import { useChangeSettings } from './use-settings.ts';
import type { StudioSettings } from './use-settings.ts';

/** How the studio looks and speaks, and where files go. */
export function GeneralPanel({ settings }: { readonly settings: StudioSettings }) {
  const { settings: words } = useStrings();
  const { mutate } = useChangeSettings();
  const { mutateAsync } = useChangeSettings({ isQuiet: true });
  const { data: abilities } = useQuery({ queryKey: ['abilities'], queryFn: () => engine.desktop.abilities(), staleTime: Number.POSITIVE_INFINITY });
  const pick = async (): Promise<void> => {
    const { path } = await engine.desktop.pickFolder({ title: words.exportFolder, ...(settings.exportDir ? { startIn: settings.exportDir } : {}) });
    if (path) await mutateAsync({ exportDir: path });
  };
  return (
    <>
      <Section title={words.groupStudio}>
        <Card>
          <Row label={words.appearance} hint={words.appearanceHint}>
            <Segments label={words.appearance} value={settings.appearance} onChange={(appearance) => mutate({ appearance })} options={(['system', 'dark', 'light'] as const).map((value) => ({ value, label: words[value] }))} />
          </Row>
          <Row label={words.language} hint={words.languageHint}>
            <Segments label={words.language} value={settings.language} onChange={(language) => mutate({ language })} options={[{ value: 'system', label: words.system }, { value: 'en', label: words.english }, { value: 'de', label: words.german }]} />
          </Row>
          <div className="px-4 py-3">
            <Switch label={words.notifies} hint={abilities?.canNotify === false ? words.notifiesBrowser : words.notifiesHint} isOn={settings.notifies} isDisabled={abilities?.canNotify === false} onChange={(notifies) => mutate({ notifies })} />
          </div>
        </Card>
      </Section>
      <Section title={words.files}>
        <Card className="flex flex-col gap-4 p-4">
          <SavedField
            label={words.exportFolder} hint={words.exportFolderHint} placeholder={words.exportFolderPlaceholder} value={settings.exportDir} onSave={(exportDir) => mutateAsync({ exportDir })}
            extra={abilities?.canPick ? <Button icon={<FolderOpen aria-hidden className="size-3.5" />} onClick={() => pick().catch(toast.error)}>{words.choose}</Button> : undefined}
          />
          <SavedField label={words.ffmpeg} hint={words.ffmpegHint} placeholder={words.ffmpegPlaceholder} value={settings.ffmpegPath} onSave={(ffmpegPath) => mutateAsync({ ffmpegPath })} />
        </Card>
      </Section>
    </>
  );
}
