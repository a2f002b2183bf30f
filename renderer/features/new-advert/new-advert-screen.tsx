import { Sparkles, TriangleAlert, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { engine } from '../../api/connection.ts';
import { useCommands } from '../../app/commands.ts';
import { to } from '../../app/routes.ts';
import { useStrings } from '../../strings/index.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { toast } from '../../ui/toast.ts';
import { BrandSection } from './brand-section.tsx';
import { BriefForm } from './brief-form.tsx';
import { toRequest, whatIsMissing } from './draft.ts';
import { clearDraft, draftNow, setProblems, useDraft } from './draft-store.ts';
import { onFilesOffered, takeOfferedFiles } from './dropped-files.ts';
import { EngineSection } from './engine-section.tsx';
import { FormatSection } from './format-section.tsx';
import { PhotoDrop, PhotoWelcome } from './photo-drop.tsx';
import { cutOutAgain, takePhotos, whenUploaded } from './photo-intake.ts';
import { PhotoStage } from './photo-stage.tsx';
import { PhotoStrip } from './photo-strip.tsx';
import { takeSample, takeSampleWish } from './sample.ts';

/** From a photo and a few words to an advert: photos to the left, what they are to become to the right. */
export default function NewAdvertScreen() {
  const { newAdvert } = useStrings();
  const [isSampleBusy, setSampleBusy] = useState(false);
  const sample = (): void => {
    setSampleBusy(true);
    takeSample().catch(toast.error).finally(() => setSampleBusy(false));
  };
  useEffect(() => {
    if (takeSampleWish()) sample();
    finishCutouts();
    const take = (): void => {
      const { files, folders } = takeOfferedFiles();
      if (files.length + folders.length > 0) takePhotos(files, folders);
    };
    take();
    return onFilesOffered(take);
  }, []);
  return (
    <PhotoDrop>
      <div className="flex h-full flex-col">
        <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_minmax(440px,520px)]">
          <Photos onSample={sample} isSampleBusy={isSampleBusy} />
          <div className="overflow-y-auto border-l border-line bg-surface px-5 pb-6">
            <Section title={newAdvert.briefTitle} hint={newAdvert.briefHint}><BriefForm /></Section>
            <Section title={newAdvert.formatTitle}><FormatSection /></Section>
            <Section title={newAdvert.brandTitle} hint={newAdvert.brandHint}><BrandSection /></Section>
            <Section title={newAdvert.engineTitle}><EngineSection /></Section>
          </div>
        </div>
        <Foot />
      </div>
    </PhotoDrop>
  );
}

/** Photos of a kept draft whose cut-out a reload has interrupted. */
function finishCutouts(): void {
  const { draft, work } = draftNow();
  for (const photo of draft.photos) if (photo.asset && !photo.product && !work[photo.id]) cutOutAgain(photo.id);
}

function Photos({ onSample, isSampleBusy }: { onSample(): void; readonly isSampleBusy: boolean }) {
  const { newAdvert } = useStrings();
  const photos = useDraft((state) => state.draft.photos);
  const selectedId = useDraft((state) => state.selectedId);
  const brandColor = useDraft((state) => state.draft.brand.colors.background ?? state.draft.brand.colors.primary);
  const selected = photos.find(({ id }) => id === selectedId) ?? photos[0];
  return (
    <section aria-label={newAdvert.photos} className="flex min-h-0 min-w-0 flex-col gap-3 p-5">
      <header>
        <h1 className="text-lg font-semibold">{newAdvert.title}</h1>
        <p className="text-muted">{newAdvert.subtitle}</p>
      </header>
      <Problems />
      {selected ? <PhotoStage key={selected.id} photo={selected} brandColor={brandColor} /> : <PhotoWelcome onSample={onSample} isSampleBusy={isSampleBusy} />}
      {photos.length > 0 && <PhotoStrip />}
    </section>
  );
}

/** What was not taken and why, until it is put away. */
function Problems() {
  const { newAdvert } = useStrings();
  const problems = useDraft((state) => state.problems);
  if (problems.length === 0) return null;
  return (
    <div role="alert" className="flex max-h-32 shrink-0 items-start gap-2 overflow-auto rounded-lg border border-warning/40 bg-warning-soft px-3 py-2 text-warning">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <ul className="min-w-0 flex-1">{problems.map((problem) => <li key={problem} className="break-words">{problem}</li>)}</ul>
      <IconButton label={newAdvert.putAway} size="small" onClick={() => setProblems([])}><X aria-hidden className="size-4" /></IconButton>
    </div>
  );
}

function Section({ title, hint, children }: { readonly title: string; readonly hint?: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="border-b border-line py-4 last:border-b-0">
      <div className="mb-3 flex items-baseline gap-2"><h2 className="font-semibold">{title}</h2>{hint && <p className="text-xs text-muted">{hint}</p>}</div>
      {children}
    </section>
  );
}

function Foot() {
  const { newAdvert } = useStrings();
  const [, go] = useLocation();
  const [isStarting, setStarting] = useState(false);
  const draft = useDraft((state) => state.draft);
  const isUploading = useDraft((state) => Object.values(state.work).some(({ kind }) => kind === 'uploading'));
  const missing = whatIsMissing(draft);
  const start = async (): Promise<void> => {
    if (missing || isStarting) return;
    setStarting(true);
    try {
      await whenUploaded();
      if (whatIsMissing(draftNow().draft)) return; // the photos turned out to be none; what is wrong is said above them
      const { isOffline } = await engine.settings.get();
      const { runId } = await engine.adverts.make(toRequest(draftNow().draft, { isOffline, nonce: crypto.randomUUID(), seed: crypto.getRandomValues(new Uint32Array(1))[0] ?? 1 }));
      clearDraft();
      go(to.run(runId));
    } catch (error) {
      toast.error(error);
    } finally {
      setStarting(false);
    }
  };
  useCommands([
    { id: 'advert.make', label: newAdvert.make, group: newAdvert.title, keys: ['mod+enter'], isGlobal: true, isDisabled: missing !== undefined || isStarting, run: () => void start() },
    { id: 'advert.sample', label: newAdvert.trySample, group: newAdvert.title, run: () => void takeSample().catch(toast.error) },
    { id: 'advert.clear', label: newAdvert.beginAnew, group: newAdvert.title, run: clearDraft },
  ]);
  return (
    <footer className="flex items-center justify-end gap-4 border-t border-line bg-surface px-5 py-3">
      {draft.photos.length > 0 && <Button kind="quiet" onClick={clearDraft}>{newAdvert.beginAnew}</Button>}
      <p className="min-w-0 flex-1 truncate text-muted" aria-live="polite">{missing ? newAdvert.missing[missing] : isStarting && isUploading ? newAdvert.waitingForUpload : newAdvert.summary(draft.ratios.length, draft.seconds, draft.sceneCount)}</p>
      <Kbd keys="mod+enter" />
      <Button kind="primary" size="large" icon={<Sparkles aria-hidden className="size-4" />} isBusy={isStarting} disabled={missing !== undefined} onClick={() => void start()}>{newAdvert.make}</Button>
    </footer>
  );
}
