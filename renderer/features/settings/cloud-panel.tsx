import { useMutation, useQuery } from '@tanstack/react-query';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { engine } from '../../api/connection.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/controls.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { KeyRow } from './key-row.tsx';
import { SavedField } from './saved-field.tsx';
import { Card, Section } from './section.tsx';
import { useChangeSettings } from './use-settings.ts';
import type { StudioSettings } from './use-settings.ts';

/** What may leave this machine, to whom, and with which key. */
export function CloudPanel({ settings }: { readonly settings: StudioSettings }) {
  const { settings: words } = useStrings();
  const { mutate } = useChangeSettings();
  return (
    <>
      <Section title={words.offline}>
        <Card className="p-4"><Switch label={words.offlineSwitch} hint={words.offlineHint} isOn={settings.isOffline} onChange={(isOffline) => mutate({ isOffline })} /></Card>
      </Section>
      <Keys />
      <PlanServer settings={settings} />
    </>
  );
}

function Keys() {
  const { settings: words } = useStrings();
  const { data, error, refetch } = useQuery({ queryKey: ['keys'], queryFn: () => engine.settings.keys() });
  const text = data && { keychain: words.keysKeychain, session: words.keysSession, environment: words.keysEnvironment }[data.keeper];
  return (
    <Section title={words.keys} {...(text ? { text } : {})}>
      <Card>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : !data ? <LoadingState /> : data.keys.map(({ name, origin }) => <KeyRow key={name} name={name} origin={origin} />)}
      </Card>
    </Section>
  );
}

function PlanServer({ settings }: { readonly settings: StudioSettings }) {
  const { settings: words } = useStrings();
  const { mutateAsync } = useChangeSettings({ isQuiet: true });
  const { mutate: test, data, error, isPending, reset } = useMutation({ mutationFn: () => engine.settings.testPlan({ planUrl: settings.planUrl, planModel: settings.planModel }) });
  const verdict = error ? { works: false, message: error.message } : data;
  const save = async (change: Partial<StudioSettings>): Promise<void> => {
    await mutateAsync(change);
    reset();
  };
  return (
    <Section title={words.plan} text={words.planIntro}>
      <Card className="flex flex-col gap-4 p-4">
        <SavedField label={words.planUrl} hint={words.planUrlHint} placeholder={words.planUrlPlaceholder} value={settings.planUrl} onSave={(planUrl) => save({ planUrl })} />
        <SavedField label={words.planModel} hint={words.planModelHint} placeholder={words.planModelPlaceholder} value={settings.planModel} list="plan-models" onSave={(planModel) => save({ planModel })} />
        <datalist id="plan-models">{data?.models.map((model) => <option key={model} value={model} />)}</datalist>
        <div className="flex items-center justify-between gap-4">
          <p role="status" className={`flex items-start gap-2 text-xs ${verdict?.works ? 'text-success' : 'text-warning'}`}>
            {verdict && (verdict.works ? <CircleCheck aria-hidden className="mt-px size-4 shrink-0" /> : <TriangleAlert aria-hidden className="mt-px size-4 shrink-0" />)}{verdict?.message}
          </p>
          <Button isBusy={isPending} disabled={settings.isOffline && settings.planUrl === ''} onClick={() => test()}>{isPending ? words.planTesting : words.planTest}</Button>
        </div>
      </Card>
    </Section>
  );
}
