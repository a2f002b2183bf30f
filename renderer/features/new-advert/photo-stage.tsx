import { Brush, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { thumbnailUrl } from '../../api/media-url.ts';
import { useStrings } from '../../strings/index.ts';
import { Button, IconButton, Spinner } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { CompareView, groundStyle } from './compare-view.tsx';
import type { Ground } from './compare-view.tsx';
import type { DraftPhoto } from './draft.ts';
import { removePhoto, useDraft } from './draft-store.ts';
import { MaskEditor } from './mask/mask-editor.tsx';
import { cutOutAgain } from './photo-intake.ts';

const GROUNDS: readonly Ground[] = ['checker', 'light', 'dark', 'brand'];

/** The chosen photo, large: being taken in, being cut out, or to be compared and corrected. */
export function PhotoStage({ photo, brandColor }: { readonly photo: DraftPhoto; readonly brandColor: string | undefined }) {
  const { newAdvert } = useStrings();
  const work = useDraft((state) => state.work[photo.id]);
  const [ground, setGround] = useState<Ground>('checker');
  const [isCorrecting, setCorrecting] = useState(false);
  const product = photo.corrected ?? photo.product;
  const { cutout } = product ?? {};
  const { upright } = photo;
  const isReady = cutout !== undefined && upright !== undefined;
  return (
    <section aria-label={photo.name} className="flex min-h-0 flex-1 flex-col gap-2">
      <div className="flex min-h-0 flex-1 items-center justify-center rounded-xl bg-sunken p-3">
        {isReady
          ? <CompareView before={thumbnailUrl(upright.hash, 1280)} after={thumbnailUrl(cutout.hash, 1280)} width={upright.width ?? 1} height={upright.height ?? 1} ground={groundStyle(ground, brandColor)} />
          : <Unfinished photo={photo} />}
      </div>
      <div className="flex min-h-8 items-center gap-2">
        {isReady && (
          <>
            <div role="group" aria-label={newAdvert.ground} className="flex gap-1">
              {GROUNDS.filter((each) => each !== 'brand' || brandColor).map((each) => (
                <button key={each} type="button" aria-label={newAdvert.grounds[each]} title={newAdvert.grounds[each]} aria-pressed={ground === each} onClick={() => setGround(each)} className={cx('size-6 rounded-md border', ground === each ? 'border-accent ring-1 ring-accent' : 'border-line-strong')} style={{ background: groundStyle(each, brandColor) }} />
              ))}
            </div>
            <Button size="small" icon={<Brush aria-hidden className="size-3.5" />} onClick={() => setCorrecting(true)}>{newAdvert.correct}</Button>
            {photo.corrected && <span className="text-xs text-muted">{newAdvert.corrected}</span>}
          </>
        )}
        {work?.kind === 'failed' && <Button size="small" icon={<RefreshCw aria-hidden className="size-3.5" />} onClick={() => cutOutAgain(photo.id)}>{newAdvert.cutOutAgain}</Button>}
        <span className="min-w-0 flex-1 truncate text-right text-xs text-muted" title={[photo.name, ...photo.notices].join('\n')}>{photo.notices[0] ?? photo.name}</span>
        <IconButton label={newAdvert.removePhoto(photo.name)} size="small" onClick={() => removePhoto(photo.id)}><Trash2 aria-hidden className="size-4" /></IconButton>
      </div>
      {isReady && isCorrecting && <MaskEditor photo={photo} onClose={() => setCorrecting(false)} />}
    </section>
  );
}

function Unfinished({ photo }: { readonly photo: DraftPhoto }) {
  const { newAdvert } = useStrings();
  const work = useDraft((state) => state.work[photo.id]);
  return (
    <div className="relative flex size-full items-center justify-center">
      {photo.asset && <img src={thumbnailUrl(photo.asset.hash, 1280)} alt={newAdvert.beforeAlt} className="max-h-full max-w-full rounded-lg object-contain opacity-60" />}
      <p role="status" className="absolute flex max-w-sm items-center gap-2 rounded-lg border border-line bg-raised px-3 py-2 shadow-pop">
        {work?.kind !== 'failed' && <Spinner className="shrink-0 text-accent" />}
        {work?.kind === 'failed' ? work.message : work?.kind === 'uploading' ? newAdvert.uploading : newAdvert.cutting}
      </p>
    </div>
  );
}
