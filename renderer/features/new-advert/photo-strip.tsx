import { Plus, TriangleAlert } from 'lucide-react';
import { thumbnailUrl } from '../../api/media-url.ts';
import { useStrings } from '../../strings/index.ts';
import { Spinner } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { MAX_PHOTOS } from './draft.ts';
import { selectPhoto, useDraft } from './draft-store.ts';
import { PickPhotos } from './photo-drop.tsx';

/** All photos in a row, and a place for one more. */
export function PhotoStrip() {
  const { newAdvert } = useStrings();
  const photos = useDraft((state) => state.draft.photos);
  const work = useDraft((state) => state.work);
  const selectedId = useDraft((state) => state.selectedId);
  return (
    <ul aria-label={newAdvert.photos} className="flex shrink-0 gap-2 overflow-x-auto p-1">
      {photos.map(({ id, name, asset, product, corrected }) => {
        const shown = (corrected ?? product)?.cutout ?? asset;
        return (
          <li key={id}>
            <button type="button" aria-label={name} aria-current={id === selectedId || undefined} onClick={() => selectPhoto(id)} className={cx('relative flex size-14 items-center justify-center overflow-hidden rounded-lg border bg-raised', id === selectedId ? 'border-accent ring-1 ring-accent' : 'border-line hover:border-line-strong')}>
              {shown && <img src={thumbnailUrl(shown.hash, 160)} alt="" className="size-full object-contain p-1" />}
              {work[id] && work[id].kind !== 'failed' && <span className="absolute inset-0 flex items-center justify-center bg-canvas/60"><Spinner /></span>}
              {work[id]?.kind === 'failed' && <TriangleAlert aria-hidden className="absolute right-1 bottom-1 size-4 text-danger" />}
            </button>
          </li>
        );
      })}
      {photos.length < MAX_PHOTOS && (
        <li>
          <PickPhotos>{(open) => <button type="button" aria-label={newAdvert.addPhotos} title={newAdvert.addPhotos} onClick={open} className="flex size-14 items-center justify-center rounded-lg border border-dashed border-line-strong text-muted hover:text-text"><Plus aria-hidden className="size-5" /></button>}</PickPhotos>
        </li>
      )}
    </ul>
  );
}
