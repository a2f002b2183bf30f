import { ImageDown } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import { useLocation } from 'wouter';
import { to } from '../../app/routes.ts';
import { useStrings } from '../../strings/index.ts';
import { offerFiles, readDrop } from '../new-advert/dropped-files.ts';
import type { DroppedFiles } from '../new-advert/dropped-files.ts';

/** A photo that is dropped or pasted anywhere begins an advert. */
export function DropZone({ children }: { readonly children: ReactNode }) {
  const { home } = useStrings();
  const [, go] = useLocation();
  const [isOver, setOver] = useState(false);
  const depth = useRef(0);
  const take = useRef((_dropped: DroppedFiles): void => {});
  take.current = ({ files, folders }) => {
    if (files.length + folders.length === 0) return;
    offerFiles(files, folders);
    go(to.newAdvert());
  };
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => take.current({ files: [...(event.clipboardData?.files ?? [])], folders: [] });
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  }, []);
  const enter = (event: DragEvent, step: number): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    depth.current = Math.max(0, depth.current + step);
    setOver(depth.current > 0);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    depth.current = 0;
    setOver(false);
    take.current(readDrop(event.dataTransfer));
  };
  return (
    <div className="relative flex h-full flex-col" onDragEnter={(event) => enter(event, 1)} onDragLeave={(event) => enter(event, -1)} onDragOver={(event) => enter(event, 0)} onDrop={drop}>
      {children}
      {isOver && (
        <div className="pointer-events-none absolute inset-2 z-20 flex flex-col items-center justify-center gap-2 rounded-2xl border-2 border-dashed border-accent bg-canvas/90">
          <ImageDown aria-hidden className="size-10 text-accent" />
          <p className="text-lg font-semibold">{home.dropTitle}</p>
          <p className="text-muted">{home.dropText}</p>
        </div>
      )}
    </div>
  );
}
