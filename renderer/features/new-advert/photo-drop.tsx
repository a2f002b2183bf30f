import { ImagePlus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { readDrop } from './dropped-files.ts';
import { takePhotos } from './photo-intake.ts';

const ACCEPT = 'image/jpeg,image/png,image/webp,image/avif,image/tiff,image/gif,image/heic,.tif,.tiff,.heic';

/** The whole screen takes dropped photos, and pasted ones. */
export function PhotoDrop({ children }: { readonly children: ReactNode }) {
  const { newAdvert } = useStrings();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return; // words go where the cursor is
      event.preventDefault();
      takePhotos(files);
    };
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  }, []);
  return (
    <div
      className="relative h-full"
      onDragOver={(event) => { if (!event.dataTransfer.types.includes('Files')) return; event.preventDefault(); setOver(true); }}
      onDragLeave={(event) => { if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false); }}
      onDrop={(event) => {
        setOver(false);
        if (event.defaultPrevented || !event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        const { files, folders } = readDrop(event.dataTransfer);
        takePhotos(files, folders);
      }}
    >
      {children}
      {isOver && <div aria-hidden className="pointer-events-none absolute inset-2 z-30 flex items-center justify-center rounded-xl border-2 border-dashed border-accent bg-canvas/80 text-base font-semibold">{newAdvert.dropNow}</div>}
    </div>
  );
}

/** Opens the system's file dialog; `children` gets what opens it. */
export function PickPhotos({ children }: { children(open: () => void): ReactNode }) {
  const { newAdvert } = useStrings();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input ref={input} type="file" multiple accept={ACCEPT} aria-label={newAdvert.pick} tabIndex={-1} className="sr-only" onChange={({ target }) => { takePhotos([...(target.files ?? [])]); target.value = ''; }} />
      {children(() => input.current?.click())}
    </>
  );
}

/** What stands there before there is a photo. */
export function PhotoWelcome({ onSample, isSampleBusy }: { onSample(): void; readonly isSampleBusy: boolean }) {
  const { newAdvert } = useStrings();
  return (
    <div className={cx('flex min-h-0 flex-1 flex-col items-center justify-center gap-4 rounded-xl border border-dashed border-line-strong bg-sunken p-8 text-center')}>
      <div className="flex size-14 items-center justify-center rounded-2xl bg-accent-soft text-accent"><ImagePlus aria-hidden className="size-7" /></div>
      <div className="flex flex-col gap-1">
        <p className="text-base font-semibold">{newAdvert.dropHere}</p>
        <p className="max-w-sm text-muted">{newAdvert.dropHint}</p>
      </div>
      <div className="flex flex-wrap justify-center gap-2">
        <PickPhotos>{(open) => <Button kind="primary" onClick={open}>{newAdvert.pick}</Button>}</PickPhotos>
        <Button isBusy={isSampleBusy} onClick={onSample}>{newAdvert.trySample}</Button>
      </div>
    </div>
  );
}
