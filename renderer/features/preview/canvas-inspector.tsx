/** What is selected on the canvas, in numbers and words; with nothing selected, what could be. */
import { MousePointer2, Package, Type, X } from 'lucide-react';
import { useMemo, useRef } from 'react';
import type { Film } from '#core/composition/film.ts';
import type { AdProject } from '#core/project/schema.ts';
import { useStrings } from '../../strings/index.ts';
import { Badge } from '../../ui/controls.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { itemsAt, isSameTarget, targetKey } from './canvas/canvas-items.ts';
import type { CanvasItem, CanvasTarget } from './canvas/canvas-items.ts';
import { labelOf } from './canvas/canvas-overlay.tsx';
import { selectOnCanvas, useCanvasSelection } from './canvas/canvas-selection.ts';
import { CaptionPanel } from './inspector/caption-panel.tsx';
import { ProductPanel } from './inspector/product-panel.tsx';
import { usePlaybackSelector } from './playback.ts';
import { retryFilm, useFilm, useShownDocument } from './preview-session.ts';
import { useActiveRatio } from './stage-settings.ts';

/** The inspector; fills its parent, which scrolls. */
export function CanvasInspector() {
  const { preview } = useStrings();
  const ratio = useActiveRatio();
  const { live, state, error } = useFilm(ratio);
  const document = useShownDocument();
  const target = useCanvasSelection();
  const frame = usePausedFrame();
  const items = useMemo(() => (live ? itemsAt(live, frame) : []), [live, frame]);
  return (
    <section aria-label={preview.inspector} className="flex min-h-full flex-col">
      {live ? <Selected {...{ document, target, items, frame }} film={live} /> : state === 'failed' ? <ErrorState error={error} onRetry={() => retryFilm(ratio)} /> : <LoadingState />}
    </section>
  );
}

interface SelectedProps {
  readonly film: Film;
  readonly document: AdProject;
  readonly target: CanvasTarget | null;
  readonly items: readonly CanvasItem[];
  readonly frame: number;
}

function Selected({ film, document, target, items, frame }: SelectedProps) {
  const { preview } = useStrings();
  const scene = document.scenes.find(({ id }) => id === target?.sceneId);
  const caption = target?.kind === 'caption' ? scene?.captions.find(({ id }) => id === target.captionId) : undefined;
  const isThere = target && scene && (target.kind === 'product' ? scene.placement : caption);
  if (!isThere) return <NothingSelected film={film} items={items} />;
  const { ratio, facts } = film;
  return (
    <>
      <header className="sticky top-0 z-10 flex h-10 shrink-0 items-center gap-2 border-b border-line bg-surface pr-1.5 pl-3">
        <TargetIcon kind={target.kind} />
        <h2 className="min-w-0 flex-1 truncate font-medium">{labelOf(target, film, preview)}</h2>
        <Badge>{ratio}</Badge>
        <IconButton size="small" label={preview.selectNone} onClick={() => selectOnCanvas(null)}><X aria-hidden className="size-4" /></IconButton>
      </header>
      {scene.isLocked === true && <p className="border-b border-line bg-warning-soft px-3 py-2 text-xs text-warning">{preview.lockedScene}</p>}
      {target.kind === 'product' && <ProductPanel {...{ document, scene, ratio, frame, facts }} />}
      {caption && <CaptionPanel {...{ document, scene, caption, ratio, facts }} box={items.find((item) => isSameTarget(item.target, target))?.box} />}
    </>
  );
}

function NothingSelected({ film, items }: { readonly film: Film; readonly items: readonly CanvasItem[] }) {
  const { preview } = useStrings();
  return (
    <div className="flex flex-col gap-3 p-4">
      <MousePointer2 aria-hidden className="size-5 text-muted" />
      <div>
        <h2 className="font-medium">{preview.nothingSelected}</h2>
        <p className="text-xs text-muted">{items.length > 0 ? preview.nothingText : preview.nothingThere}</p>
      </div>
      <ul className="flex flex-col gap-1.5">
        {[...items].reverse().map(({ target }) => (
          <li key={targetKey(target)}>
            <Button className="w-full justify-start overflow-hidden" icon={<TargetIcon kind={target.kind} />} onClick={() => selectOnCanvas(target)}><span className="truncate">{labelOf(target, film, preview)}</span></Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function TargetIcon({ kind }: { readonly kind: CanvasTarget['kind'] }) {
  return kind === 'product' ? <Package aria-hidden className="size-4 shrink-0 text-track-product" /> : <Type aria-hidden className="size-4 shrink-0 text-track-caption" />;
}

/** The playhead, but while the film plays, where it stood when that began: numbers that run are of no use. */
function usePausedFrame(): number {
  const frame = usePlaybackSelector((playback) => (playback.isPlaying ? -1 : playback.frame));
  const last = useRef(0);
  if (frame >= 0) last.current = frame;
  return last.current;
}
