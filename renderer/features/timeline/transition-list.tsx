import type { ReactNode } from 'react';
import { sceneSpans } from '#core/composition/timeline.ts';
import { transitionSchema } from '#core/project/schema.ts';
import type { Transition } from '#core/project/schema.ts';
import { parseClipKey } from '../../editor/clip-key.ts';
import { useStrings } from '../../strings/index.ts';
import { Popover } from '../../ui/controls.tsx';
import { playbackNow } from '../preview/playback.ts';
import { projectNow } from '../project/project-store.ts';
import { selected } from './timeline-actions.ts';
import { applyTransition, TRANSITION_TYPE } from './transition-drop.ts';
import { TransitionPicture } from './transition-picture.tsx';

/** All transitions, to be dragged onto a cut or used by a click; `children` is the button that opens the list. */
export function TransitionList({ children }: { readonly children: ReactNode }) {
  const { timeline } = useStrings();
  const list = (
    <div className="w-64">
      <p className="mb-2 text-xs text-muted">{timeline.transitionHint}</p>
      <div className="grid grid-cols-4 gap-1.5">
        {transitionSchema.shape.kind.options.map((kind) => (
          <button
            key={kind} type="button" draggable onClick={() => use(kind)}
            onDragStart={(event) => { event.dataTransfer.setData(TRANSITION_TYPE, kind); event.dataTransfer.effectAllowed = 'copy'; }}
            className="flex flex-col items-center gap-1 rounded-md border border-line bg-sunken p-1.5 text-[11px] leading-tight hover:border-line-strong"
          >
            <TransitionPicture kind={kind} />{timeline.kinds[kind]}
          </button>
        ))}
      </div>
    </div>
  );
  return <Popover label={timeline.transitions} content={list} side="top">{children}</Popover>;
}

// At the selected cut, at the end of the selected scene, or at the cut that is nearest to the playhead.
function use(kind: Transition['kind']): void {
  const project = projectNow();
  if (!project) return;
  const chosen = selected().map(parseClipKey).find((clip) => clip?.kind === 'transition' || clip?.kind === 'scene');
  const spans = sceneSpans(project).slice(0, -1);
  const { frame } = playbackNow();
  const nearest = spans.reduce((best, span) => (!best || Math.abs(span.endFrame - frame) < Math.abs(best.endFrame - frame) ? span : best), spans[0]);
  const sceneId = chosen && 'sceneId' in chosen && spans.some((span) => span.scene.id === chosen.sceneId) ? chosen.sceneId : nearest?.scene.id;
  if (sceneId !== undefined) applyTransition(sceneId, kind);
}
