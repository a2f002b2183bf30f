import { Blend } from 'lucide-react';
import type { Scene } from '#core/project/schema.ts';
import { keyOf } from '../../editor/clip-key.ts';
import { useStrings } from '../../strings/index.ts';
import { cx } from '../../ui/cx.ts';
import { clipRef, LEFT, WIDTH } from './clip-elements.ts';
import { SCENE_PX } from './metrics.ts';
import { useIsSelected } from './timeline-store.ts';

interface TransitionHandleProps {
  /** The scene that it leads out of. It is drawn in the column of the one that it leads into, whose first frames it takes. */
  readonly from: Scene;
  /** Of that scene, from 1. */
  readonly number: number;
  readonly frames: number;
  readonly top: number;
}

const HEIGHT_PX = 18;

/** What is between two scenes: a cut, or a transition with its length. */
export function TransitionHandle({ from: { id, transition: { kind } }, number, frames, top }: TransitionHandleProps) {
  const { timeline } = useStrings();
  const key = keyOf.transition(id);
  const isSelected = useIsSelected(key);
  const isCut = frames === 0;
  return (
    <div ref={clipRef(key)} data-clip={key} data-cut={id} role="button" tabIndex={-1} aria-pressed={isSelected} aria-label={timeline.transitionClip(timeline.kinds[isCut ? 'cut' : kind], number)} title={timeline.kinds[isCut ? 'cut' : kind]} className="group pointer-events-auto absolute z-10" style={{ '--s': 0, '--d': frames, top: top + SCENE_PX - HEIGHT_PX - 3, height: HEIGHT_PX, left: LEFT, width: WIDTH }}>
      <div className={cx('absolute inset-y-0 flex items-center justify-center overflow-hidden rounded border', isCut ? '-left-[8px] w-4' : 'left-1/2 w-full min-w-4 -translate-x-1/2', isSelected ? 'border-accent bg-accent text-on-accent' : 'border-line-strong bg-raised text-muted group-hover:border-text group-hover:text-text group-data-[over]:border-accent group-data-[over]:bg-accent group-data-[over]:text-on-accent')}>
        {isCut ? <span className="h-2.5 w-px bg-current" /> : <Blend aria-hidden className="size-3 shrink-0" />}
        {!isCut && <><span data-edge="start" className="absolute inset-y-0 left-0 w-[5px] cursor-ew-resize" /><span data-edge="end" className="absolute inset-y-0 right-0 w-[5px] cursor-ew-resize" /></>}
      </div>
    </div>
  );
}
