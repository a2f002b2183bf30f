import { useSortable } from '@dnd-kit/react/sortable';
import { Layers, Lock } from 'lucide-react';
import type { MouseEvent } from 'react';
import type { Ratio } from '#core/project/ratio.ts';
import type { SceneSpan } from '#core/composition/timeline.ts';
import { useStrings } from '../../strings/index.ts';
import { cx } from '../../ui/cx.ts';
import { ContextMenu } from '../../ui/menu.tsx';
import type { MenuEntry } from '../../ui/menu.tsx';
import { FrameThumbnail } from '../preview/frame-thumbnail.tsx';
import { shownFrame } from './shown-frame.ts';

interface SceneTileProps {
  readonly span: SceneSpan;
  readonly ratio: Ratio;
  readonly width: number;
  readonly isChosen: boolean;
  readonly isCurrent: boolean;
  /** Its picture is being made. */
  readonly isLoading: boolean;
  /** It looks different from what was rendered last. */
  readonly isPending: boolean;
  /** It is being rendered: 0..1. */
  readonly progress: number | null;
  readonly menu: readonly MenuEntry[];
  onChoose(event: MouseEvent | null): void;
}

/** A scene on the board: drag it to another place, choose it to see its details. */
export function SceneTile({ span, ratio, width, isChosen, isCurrent, isLoading, isPending, progress, menu, onChoose }: SceneTileProps) {
  const { storyboard, common } = useStrings();
  const { scene, index } = span;
  const { ref, handleRef, isDragging } = useSortable({ id: scene.id, index });
  const name = scene.name ?? storyboard.purpose[scene.purpose];
  const words = scene.captions.find(({ text }) => text.trim() !== '')?.text ?? '';
  const takes = (scene.takes?.length ?? 0) + 1;
  return (
    <li ref={ref} style={{ width }} className={cx('relative', isDragging && 'opacity-60')}>
      <ContextMenu entries={menu}>
        <button
          ref={handleRef} type="button" data-scene={scene.id} aria-pressed={isChosen} tabIndex={isCurrent ? 0 : -1}
          onClick={onChoose} onContextMenu={() => !isChosen && onChoose(null)}
          className={cx('group block w-full overflow-hidden rounded-lg border bg-surface text-left outline-offset-2', isChosen ? 'border-accent ring-1 ring-accent' : 'border-line hover:border-line-strong')}
        >
          <span className="relative block overflow-hidden">
            <FrameThumbnail ratio={ratio} frame={shownFrame(span)} width={width - 2} className={cx(isLoading && 'animate-pulse bg-raised')} />
            <span className="absolute top-1.5 left-1.5 rounded bg-black/60 px-1.5 text-[11px] leading-5 font-medium text-white tabular-nums"><span className="sr-only">{storyboard.scene} </span>{index + 1}</span>
            <span className="absolute top-1.5 right-1.5 flex gap-1">
              {takes > 1 && <span className="flex h-5 items-center gap-1 rounded bg-black/60 px-1.5 text-[11px] text-white tabular-nums"><Layers aria-hidden className="size-3" />{takes}<span className="sr-only"> {storyboard.takes}</span></span>}
              {scene.isLocked === true && <span className="flex size-5 items-center justify-center rounded bg-black/60 text-white"><Lock aria-hidden className="size-3" /><span className="sr-only">{storyboard.locked}</span></span>}
            </span>
            {progress !== null && <span aria-hidden className="absolute inset-x-0 bottom-0 h-[3px] bg-black/40"><span className="block h-full bg-accent transition-[width]" style={{ width: `${progress * 100}%` }} /></span>}
          </span>
          <span className="block px-2.5 py-2">
            <span className="flex items-baseline gap-2">
              <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
              {isPending && <span title={storyboard.notRendered} className="size-1.5 shrink-0 self-center rounded-full bg-accent" />}
              <span className="shrink-0 text-xs text-muted tabular-nums">{common.seconds(scene.durationFrames / 30)}</span>
            </span>
            <span className={cx('mt-0.5 block truncate text-xs', words ? 'text-muted' : 'text-muted italic')}>{words || storyboard.noWords}</span>
          </span>
        </button>
      </ContextMenu>
    </li>
  );
}
